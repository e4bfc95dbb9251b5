package io.feedhub.console.desk;

import io.feedhub.delivery.Ledger;
import io.feedhub.flows.Flow;
import io.feedhub.flows.FlowState;
import io.feedhub.flows.Flows;
import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Timetable;
import io.feedhub.schedule.TrackRecord;
import io.feedhub.schedule.TrackRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** {@code /}: every flow and how it fares. */
@Controller
final class FlowsPage {
    private final Flows flows;
    private final Occurrences occurrences;
    private final Timetable timetable;
    private final TrackRecords records;
    private final Ledger ledger;

    FlowsPage(Flows flows, Occurrences occurrences, Timetable timetable, TrackRecords records, Ledger ledger) {
        this.flows = flows;
        this.occurrences = occurrences;
        this.timetable = timetable;
        this.records = records;
        this.ledger = ledger;
    }

    @GetMapping("/")
    String show(@ModelAttribute("now") Instant now, Model model) {
        List<FlowRow> rows = rows(flows.all(), now);
        model.addAttribute("domains", domains(rows));
        model.addAttribute("tally", tally(rows));
        model.addAttribute("shared", flows.shared().stream().map(Shared::of).toList());
        model.addAttribute("undecided", ledger.undecided());
        return "desk/flows";
    }

    private List<FlowRow> rows(List<Flow> all, Instant now) {
        Map<String, TrackRecord> lately =
                records.of(all.stream().map(Flow::id).distinct().toList(), Strip.RUNS);
        return all.stream()
                .map(flow -> FlowRow.of(flow, Objects.requireNonNull(lately.get(flow.id())), next(flow), now))
                .toList();
    }

    private Optional<Instant> next(Flow flow) {
        return flow.state() == FlowState.RUNNING ? timetable.nextRun(flow.id()) : Optional.empty();
    }

    private static List<Domain> domains(List<FlowRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(FlowRow::domain, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Domain(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Tally tally(List<FlowRow> rows) {
        return new Tally(
                count(rows, FlowState.RUNNING),
                count(rows, FlowState.PAUSED),
                rows.stream().filter(row -> !row.problems().isEmpty()).count(),
                occurrences.failing().size());
    }

    private static long count(List<FlowRow> rows, FlowState state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    /** A file that flows share. */
    record Shared(String file, int revision, boolean refused, String page) {
        static Shared of(Flow file) {
            return new Shared(
                    file.file(),
                    file.revision(),
                    !file.problems().isEmpty(),
                    Place.of(file.file()).page());
        }
    }

    /** A folder of flows. */
    record Domain(String name, List<FlowRow> flows) {}

    /**
     * @param running flows that run
     * @param paused flows that somebody paused
     * @param problems files whose newest edit was refused
     * @param failing flows whose newest run failed
     */
    record Tally(long running, long paused, long problems, long failing) {}
}
