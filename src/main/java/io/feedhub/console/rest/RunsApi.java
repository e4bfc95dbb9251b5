package io.feedhub.console.rest;

import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Run;
import io.feedhub.schedule.RunOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/runs}: what ran, newest first, a page at a time. */
@RestController
@RequestMapping("/api/runs")
final class RunsApi {
    private final Occurrences occurrences;
    private final FlowNames names;

    RunsApi(Occurrences occurrences, FlowNames names) {
        this.occurrences = occurrences;
        this.names = names;
    }

    @GetMapping
    Page<Run> runs(
            @RequestParam(name = "flow", required = false) @Nullable String ofFlow,
            @RequestParam(name = "outcome", required = false) @Nullable String ofOutcome,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Long next) {
        String flow = Filter.of(ofFlow);
        String outcome = Filter.of(ofOutcome);
        RunOutcome wanted = outcome == null ? null : Words.of(outcome, RunOutcome::of);
        List<Run> runs = occurrences.newest(flow, wanted, Since.of(since), Page.before(next), Page.SIZE);
        if (flow != null && runs.isEmpty() && !hasRun(flow)) {
            names.requireKnown(flow);
        }
        return Page.of(runs, Run::id);
    }

    private boolean hasRun(String flow) {
        return !occurrences.of(flow, 1).isEmpty();
    }

    @GetMapping("/{id}")
    Run run(@PathVariable long id) {
        return occurrences
                .find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no run " + id));
    }
}
