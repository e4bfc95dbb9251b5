package io.feedhub.console.desk;

import io.feedhub.delivery.Ledger;
import io.feedhub.flows.Flow;
import io.feedhub.flows.FlowState;
import io.feedhub.flows.Flows;
import io.feedhub.flows.Revision;
import io.feedhub.flows.RevisionState;
import io.feedhub.flows.Revisions;
import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Run;
import io.feedhub.schedule.Timetable;
import io.feedhub.schedule.TrackRecord;
import io.feedhub.schedule.TrackRecords;
import io.feedhub.state.Memories;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** {@code /flows/{flow}}: one flow, all there is to know. */
@Controller
final class FlowPage {
    private static final int ROWS = 12;

    private final Flows flows;
    private final Timetable timetable;
    private final TrackRecords records;
    private final Occurrences occurrences;
    private final Ledger ledger;
    private final Revisions revisions;
    private final Diagrams diagrams;
    private final Memories memories;

    FlowPage(
            Flows flows,
            Timetable timetable,
            TrackRecords records,
            Occurrences occurrences,
            Ledger ledger,
            Revisions revisions,
            Diagrams diagrams,
            Memories memories) {
        this.flows = flows;
        this.timetable = timetable;
        this.records = records;
        this.occurrences = occurrences;
        this.ledger = ledger;
        this.revisions = revisions;
        this.diagrams = diagrams;
        this.memories = memories;
    }

    @GetMapping("/flows/{id}")
    String show(@PathVariable String id, @ModelAttribute("now") Instant now, Model model) {
        Optional<Flow> found = flows.find(id);
        return found.isPresent() ? show(found.get(), now, model) : gone(id, now, model);
    }

    /** What is left of a flow that was deleted. */
    private String gone(String id, Instant now, Model model) {
        List<RevisionRow> history = history(id, now);
        if (history.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no flow " + id + ".");
        }
        model.addAttribute("place", Place.flow(id));
        model.addAttribute(
                "deletion",
                history.stream()
                        .filter(one -> one.isHead() && one.state() == RevisionState.DELETED)
                        .findFirst()
                        .orElse(null));
        model.addAttribute("revisions", history);
        return "desk/gone";
    }

    private String show(Flow flow, Instant now, Model model) {
        String id = flow.id();
        List<Run> runs = occurrences.of(id, ROWS);
        model.addAttribute("flow", row(flow, now));
        model.addAttribute("place", Place.of(flow.file()));
        model.addAttribute("note", diagrams.note(id));
        model.addAttribute("diagrams", diagrams.of(id, runs));
        model.addAttribute("runs", runs.stream().map(run -> RunRow.of(run, now)).toList());
        model.addAttribute(
                "deliveries",
                ledger.of(id, ROWS).stream()
                        .map(one -> DeliveryRow.of(one, now))
                        .toList());
        model.addAttribute("revisions", history(id, now));
        model.addAttribute("memory", memories.of(id));
        return "desk/flow";
    }

    private FlowRow row(Flow flow, Instant now) {
        Optional<Instant> next = flow.state() == FlowState.RUNNING ? timetable.nextRun(flow.id()) : Optional.empty();
        Map<String, TrackRecord> lately = records.of(List.of(flow.id()), Strip.RUNS);
        return FlowRow.of(flow, Objects.requireNonNull(lately.get(flow.id())), next, now);
    }

    private List<RevisionRow> history(String id, Instant now) {
        int head = revisions.head(id).map(Revision::number).orElse(0);
        return revisions.history(id).stream()
                .map(revision -> RevisionRow.of(revision, head, now))
                .toList();
    }
}
