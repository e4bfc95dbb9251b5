package io.feedhub.console.desk;

import io.feedhub.flows.Flow;
import io.feedhub.flows.FlowState;
import io.feedhub.flows.check.Finding;
import io.feedhub.schedule.TrackRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flow as the list shows it.
 *
 * @param cadence its schedule in words
 * @param next when it runs next, or null
 * @param last its newest run, or null
 * @param p50 how long the median run took; empty when none ended
 * @param p95 how long all but the slowest twentieth took
 * @param items what took effect in those runs
 * @param page its page
 */
record FlowRow(
        String id,
        String domain,
        String description,
        FlowState state,
        String file,
        int revision,
        String cadence,
        @Nullable Moment next,
        Strip.@Nullable Bar last,
        Strip strip,
        String p50,
        String p95,
        long items,
        List<Finding> problems,
        String page) {

    static FlowRow of(Flow flow, TrackRecord record, Optional<Instant> next, Instant now) {
        Strip strip = Strip.of(record, now);
        return new FlowRow(
                flow.id(),
                flow.domain(),
                flow.description(),
                flow.state(),
                flow.file(),
                flow.revision(),
                flow.state() == FlowState.REFUSED ? "" : Cadence.words(flow.schedule()),
                next.map(at -> Moment.at(at, now)).orElse(null),
                strip.bars().isEmpty() ? null : strip.bars().get(0),
                strip,
                record.took(0.5).map(Moment::length).orElse(""),
                record.took(0.95).map(Moment::length).orElse(""),
                record.items(),
                flow.problems(),
                Place.of(flow.file()).page());
    }

    /** Whether it can be told to run, pause and resume. */
    public boolean isLive() {
        return state != FlowState.REFUSED;
    }

    public boolean isRunning() {
        return state == FlowState.RUNNING;
    }

    public boolean isPaused() {
        return state == FlowState.PAUSED;
    }
}
