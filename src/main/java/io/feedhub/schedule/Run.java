package io.feedhub.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a flow, as the database has it.
 *
 * @param id the run's number
 * @param flow the flow's id
 * @param scheduledAt the cron's own instant, not the moment of the firing
 * @param origin schedule, catch-up, manual when a person asked for it, or event when a call started it
 * @param node who runs or ran it, or null when nobody did
 * @param outcome what became of it
 * @param startedAt when the claim was won; null when it never began
 * @param endedAt when it was closed; null before
 * @param itemsIn items the run looked at
 * @param itemsOut items that took effect
 * @param parked items that failed
 * @param error why it failed, was skipped or missed, or waits; or null
 * @param revision the revision of the flow that ran, or null when it did not run
 * @param steps its steps in the order of their first time
 */
public record Run(
        long id,
        String flow,
        Instant scheduledAt,
        String origin,
        @Nullable String node,
        RunOutcome outcome,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int itemsIn,
        int itemsOut,
        int parked,
        @Nullable String error,
        @Nullable Integer revision,
        List<Step> steps) {

    /**
     * One step, summed over the items of the run.
     *
     * @param id the step's id, which begins with the flow's
     * @param what its kind, and where a call goes: {@code to kamelet:numu-action/heartbeat_pulse-sentinel}
     * @param beganMs when it was first taken, in milliseconds after the run began
     * @param times how often it was taken
     * @param ms how long that took in all, in milliseconds
     * @param longestMs the longest time
     */
    public record Step(String id, String what, long beganMs, long times, long ms, long longestMs) {}
}
