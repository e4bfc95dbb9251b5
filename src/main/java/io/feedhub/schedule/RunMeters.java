package io.feedhub.schedule;

import io.feedhub.schedule.Claims.Claimed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What runs tell of themselves: the metrics, and that their flow is to be judged again. Thread-safe. */
@Component
final class RunMeters {
    private final MeterRegistry meters;
    private final Troubles troubles;

    RunMeters(MeterRegistry meters, Troubles troubles) {
        this.meters = meters;
        this.troubles = troubles;
    }

    /** A run was claimed at its time, or some time after it. */
    void claimed(Claimed claim) {
        meters.timer("feedhub.occurrence.lag", "flow", claim.flow())
                .record(Duration.between(claim.at(), claim.startedAt()));
    }

    /** An instant of a flow has its outcome. */
    void count(String flow, RunOutcome outcome) {
        occurrence(flow, outcome);
        troubles.touch(flow);
    }

    private void occurrence(String flow, RunOutcome outcome) {
        meters.counter("feedhub.occurrences", "flow", flow, "outcome", outcome.word())
                .increment();
    }

    /** A run has ended on this node. */
    void ended(ActiveRun run, RunOutcome outcome) {
        String flow = run.claim().flow();
        occurrence(flow, outcome);
        meters.counter("feedhub.items", "flow", flow, "result", "out")
                .increment(run.tally().out());
        meters.counter("feedhub.items", "flow", flow, "result", "parked")
                .increment(run.tally().parked());
        meters.timer("feedhub.run", "flow", flow).record(run.elapsed());
    }
}
