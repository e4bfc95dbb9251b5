package io.feedhub.console.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.console.audit.Audit;
import io.feedhub.flows.Flow;
import io.feedhub.flows.FlowState;
import io.feedhub.flows.Flows;
import io.feedhub.flows.check.Finding;
import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Run;
import io.feedhub.schedule.Timetable;
import io.swagger.v3.oas.annotations.media.Content;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/flows}: what flows there are, how they fare, and their switches. */
@RestController
@RequestMapping("/api/flows")
final class FlowsApi {
    private final Flows flows;
    private final Occurrences occurrences;
    private final Timetable timetable;
    private final FlowNames names;
    private final Audit audit;
    private final ObjectMapper json;

    FlowsApi(
            Flows flows,
            Occurrences occurrences,
            Timetable timetable,
            FlowNames names,
            Audit audit,
            ObjectMapper json) {
        this.flows = flows;
        this.occurrences = occurrences;
        this.timetable = timetable;
        this.names = names;
        this.audit = audit;
        this.json = json;
    }

    @GetMapping
    Page<FlowView> all() {
        Map<String, Run> last =
                occurrences.lastOfEachFlow().stream().collect(Collectors.toMap(Run::flow, Function.identity()));
        return Page.all(flows.all().stream().map(flow -> view(flow, last)).toList());
    }

    @GetMapping("/{flow}")
    FlowView one(@PathVariable("flow") String id) {
        return view(
                existing(id), occurrences.last(id).map(run -> Map.of(id, run)).orElse(Map.of()));
    }

    @PostMapping("/{flow}/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            description = "What the flow's first step is given; without it, nothing.",
            content = @Content(mediaType = "application/json"))
    void run(@PathVariable("flow") String id, @RequestBody(required = false) @Nullable String body) {
        requireNotRefused(id);
        String given = body == null || body.isBlank() ? null : parsed(body);
        audit.record(
                "flow.run",
                id,
                () -> null,
                () -> requireDone(id, timetable.runNow(id, given).isPresent()));
    }

    private String parsed(String body) {
        try {
            return json.readTree(body).toString();
        } catch (JsonProcessingException e) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "the body is not JSON: " + e.getOriginalMessage() + "; send it as application/json",
                    e);
        }
    }

    @PostMapping("/{flow}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pause(@PathVariable("flow") String id) {
        requireNotRefused(id);
        audit.record("flow.pause", id, () -> state(id), () -> requireDone(id, timetable.pause(id)));
    }

    @PostMapping("/{flow}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(@PathVariable("flow") String id) {
        requireNotRefused(id);
        audit.record("flow.resume", id, () -> state(id), () -> requireDone(id, timetable.resume(id)));
    }

    private static void requireDone(String id, boolean done) {
        if (!done) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, id + " has no route on this node");
        }
    }

    private Map<String, String> state(String id) {
        return Map.of("state", existing(id).state().word());
    }

    private Flow existing(String id) {
        return flows.find(id).orElseThrow(() -> names.unknown(id));
    }

    private void requireNotRefused(String id) {
        if (existing(id).state() == FlowState.REFUSED) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, id + " is refused; see its problems");
        }
    }

    private FlowView view(Flow flow, Map<String, Run> last) {
        boolean refused = flow.state() == FlowState.REFUSED;
        return new FlowView(
                flow.id(),
                flow.domain(),
                flow.description(),
                flow.state(),
                flow.schedule(),
                refused ? null : timetable.nextRun(flow.id()).orElse(null),
                refused ? null : last.get(flow.id()),
                flow.revision(),
                flow.file(),
                flow.problems());
    }

    /** A flow as the API shows it: its file, its schedule and its last run. */
    record FlowView(
            String id,
            String domain,
            String description,
            FlowState state,
            @Nullable String schedule,
            @Nullable Instant nextRun,
            @Nullable Run lastRun,
            int revision,
            String file,
            List<Finding> problems) {}
}
