package io.feedhub.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a flow, as the database has it.
 *
 * @param id the run's number
 * @param flow the flow's id
 * @param scheduledAt the cron's own instant, not the moment of the firing
 * @param node who ran it
 * @param outcome running, done, failed, skipped or missed
 * @param startedAt when the claim was won
 * @param endedAt when it was closed; null while it runs
 * @param itemsIn items the run looked at
 * @param itemsOut items that took effect
 * @param parked items that failed
 * @param error why it failed, or null
 */
public record Run(
        long id,
        String flow,
        Instant scheduledAt,
        String node,
        String outcome,
        Instant startedAt,
        @Nullable Instant endedAt,
        int itemsIn,
        int itemsOut,
        int parked,
        @Nullable String error) {}
