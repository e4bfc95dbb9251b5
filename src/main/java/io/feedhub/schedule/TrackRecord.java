package io.feedhub.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a flow fared lately.
 *
 * @param flow the flow's id
 * @param runs its newest occurrences, newest first
 */
public record TrackRecord(String flow, List<Lately> runs) {

    /**
     * How long the runs that came to an end took, for that share of them.
     *
     * @param share above 0, at most 1; 0.5 is the median
     * @return empty when none came to an end
     */
    public Optional<Duration> took(double share) {
        List<Duration> lengths =
                runs.stream().flatMap(run -> run.took().stream()).sorted().toList();
        return lengths.isEmpty()
                ? Optional.empty()
                : Optional.of(lengths.get((int) Math.ceil(share * lengths.size()) - 1));
    }

    /** The items that took effect in these runs. */
    public long items() {
        return runs.stream().mapToLong(Lately::items).sum();
    }

    /**
     * One occurrence, in short.
     *
     * @param id the run's number
     * @param scheduledAt its instant
     * @param outcome as {@link Run} has it
     * @param startedAt when it began, or null
     * @param endedAt when it ended, or null
     * @param items the items that took effect
     */
    public record Lately(
            long id,
            Instant scheduledAt,
            RunOutcome outcome,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            int items) {

        /** How long it took; empty while it runs, and when it never began. */
        public Optional<Duration> took() {
            return startedAt == null || endedAt == null
                    ? Optional.empty()
                    : Optional.of(Duration.between(startedAt, endedAt));
        }
    }
}
