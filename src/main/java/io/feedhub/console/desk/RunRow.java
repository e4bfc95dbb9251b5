package io.feedhub.console.desk;

import io.feedhub.schedule.Run;
import io.feedhub.schedule.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as a list shows it.
 *
 * @param scheduled its instant
 * @param took how long; empty when it did not begin or is not over
 * @param error why it failed, or was not run
 * @param revision what ran, or null when nothing did
 */
record RunRow(
        long id,
        String flow,
        RunOutcome outcome,
        Moment scheduled,
        @Nullable String node,
        String took,
        int in,
        int out,
        int parked,
        @Nullable String error,
        @Nullable Integer revision) {

    static RunRow of(Run run, Instant now) {
        Instant began = run.startedAt();
        Instant ended = run.endedAt();
        return new RunRow(
                run.id(),
                run.flow(),
                run.outcome(),
                Moment.at(run.scheduledAt(), now),
                run.node(),
                began == null || ended == null ? "" : Moment.length(Duration.between(began, ended)),
                run.itemsIn(),
                run.itemsOut(),
                run.parked(),
                run.error(),
                run.revision());
    }
}
