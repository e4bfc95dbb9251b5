package io.feedhub.console.desk;

import io.feedhub.console.rest.Filter;
import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Run;
import io.feedhub.schedule.RunOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /runs}: what ran, and what did not. */
@Controller
final class RunsPage {
    private final Occurrences occurrences;
    private final Diagrams diagrams;

    RunsPage(Occurrences occurrences, Diagrams diagrams) {
        this.occurrences = occurrences;
        this.diagrams = diagrams;
    }

    @GetMapping("/runs")
    String list(
            @RequestParam(name = "flow", required = false) @Nullable String ofFlow,
            @RequestParam(name = "outcome", required = false) @Nullable String ofOutcome,
            @RequestParam(defaultValue = Rows.FIRST) long before,
            @ModelAttribute("now") Instant now,
            Model model) {
        String flow = Filter.of(ofFlow);
        String outcome = Filter.of(ofOutcome);
        List<Run> runs = runs(flow, outcome, before);
        model.addAttribute("runs", runs.stream().map(run -> RunRow.of(run, now)).toList());
        model.addAttribute("outcomes", RunOutcome.words());
        model.addAttribute("outcome", outcome);
        model.addAttribute("flow", flow);
        model.addAttribute("older", Rows.older(runs, Run::id));
        return "desk/runs";
    }

    /** A word that is no outcome is one that no run has. */
    private List<Run> runs(@Nullable String flow, @Nullable String outcome, long before) {
        if (outcome == null) {
            return occurrences.newest(flow, null, null, before, Rows.MOST);
        }
        return RunOutcome.words().contains(outcome)
                ? occurrences.newest(flow, RunOutcome.of(outcome), null, before, Rows.MOST)
                : List.of();
    }

    @GetMapping("/runs/{id}")
    String one(@PathVariable long id, @ModelAttribute("now") Instant now, Model model) {
        Run run = occurrences
                .find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no run " + id + "."));
        model.addAttribute("run", RunRow.of(run, now));
        model.addAttribute("fails", run.outcome() == RunOutcome.FAILED ? diagrams.fails(run.flow()) : "");
        model.addAttribute("began", Moment.of(run.startedAt(), now));
        model.addAttribute("gantt", Gantt.of(run.steps()));
        return "desk/run";
    }
}
