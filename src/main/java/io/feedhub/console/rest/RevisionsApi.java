package io.feedhub.console.rest;

import io.feedhub.console.audit.Audit;
import io.feedhub.flows.Diff;
import io.feedhub.flows.Edits;
import io.feedhub.flows.Outcome;
import io.feedhub.flows.Places;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code /api/flows/…/revisions}: what flows were and are, and edits of them. What is said of a flow holds for a file that flows
 * share, under its folder and name.
 */
@RestController
@RequestMapping("/api/flows")
final class RevisionsApi {
    /** What the contract says of files; Springdoc would take them for JSON. */
    static final String YAML = MediaType.APPLICATION_YAML_VALUE;

    private final Revisions revisions;
    private final Edits edits;
    private final Places places;
    private final FlowNames names;
    private final Audit audit;

    /** Each edit holds a connection while it waits for runs in flight, and takes another to record a refusal or its copy. */
    private final Semaphore atOnce = new Semaphore(3, true);

    RevisionsApi(Revisions revisions, Edits edits, Places places, FlowNames names, Audit audit) {
        this.revisions = revisions;
        this.edits = edits;
        this.places = places;
        this.names = names;
        this.audit = audit;
    }

    @GetMapping("/{flow}/revisions")
    Page<Revision> history(@PathVariable String flow) {
        List<Revision> history = revisions.history(flow);
        if (history.isEmpty()) {
            names.requireKnown(flow);
        }
        return Page.all(history);
    }

    @GetMapping("/{flow}/revisions/{number}")
    ResponseEntity<Revision> one(@PathVariable String flow, @PathVariable int number) {
        return ResponseEntity.ok().eTag(Etag.of(number)).body(existing(flow, number));
    }

    @GetMapping("/{flow}/revisions/{number}/diff")
    Map<String, String> diff(@PathVariable String flow, @PathVariable int number, @RequestParam int from) {
        return Map.of("diff", Diff.between(existing(flow, from), existing(flow, number)));
    }

    /** Says what is wrong with a text, as this flow's file, as a file of this name, or as what it calls itself. */
    @PostMapping("/check")
    Map<String, List<Finding>> check(
            @RequestParam Optional<String> flow,
            @RequestParam Optional<String> file,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
                    @RequestBody
                    String yaml) {
        if (file.filter(name -> !FlowFile.isName(name)).isPresent()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "file must end with " + FlowFile.ENDING + ", and not with " + FlowFile.TESTS);
        }
        return Map.of(
                "findings",
                edits.check(flow.map(id -> places.of(id, yaml))
                        .or(() -> file.map(name -> FlowFile.of(name, yaml.getBytes(StandardCharsets.UTF_8))))
                        .orElseGet(() -> Places.unnamed(yaml))));
    }

    @PutMapping("/{flow}")
    ResponseEntity<Revision> put(
            @PathVariable String flow,
            @Parameter(required = true) @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String base,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
                    @RequestBody
                    String yaml,
            Principal author) {
        int number = Etag.number(base);
        FlowFile file = places.of(flow, yaml);
        return carryOut("edit", flow, () -> {
            if (number != 0 && revisions.head(flow).isEmpty()) {
                throw NotTaken.nothingLive(flow);
            }
            return edits.submit(file, number, author.getName());
        });
    }

    @DeleteMapping("/{flow}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String flow,
            @Parameter(required = true) @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String base,
            Principal author) {
        int number = Etag.number(base);
        carryOut("delete", flow, () -> edits.delete(flow, number, author.getName())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no flow " + flow)));
    }

    @PostMapping("/{flow}/rollback")
    ResponseEntity<Revision> rollback(@PathVariable String flow, @RequestParam int to, Principal author) {
        return carryOut("rollback", flow, () -> edits.rollback(flow, to, author.getName())
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "revision " + to + " of " + flow + " never was live")));
    }

    private ResponseEntity<Revision> carryOut(String action, String flow, Supplier<Outcome> edit) {
        String subject = FlowFile.isSharedKey(flow) ? "file." : "flow.";
        atOnce.acquireUninterruptibly();
        try {
            Revision revision = audit.record(subject + action, flow, () -> live(flow), () -> accepted(edit.get()));
            return ResponseEntity.ok().eTag(Etag.of(revision.number())).body(revision);
        } finally {
            atOnce.release();
        }
    }

    private static Revision accepted(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted done) {
            return done.revision();
        }
        throw outcome instanceof Outcome.Conflict conflict
                ? NotTaken.conflict(conflict)
                : NotTaken.refused(((Outcome.Refused) outcome).findings());
    }

    private Map<String, Integer> live(String flow) {
        return Map.of("revision", revisions.head(flow).map(Revision::number).orElse(0));
    }

    private Revision existing(String flow, int number) {
        return revisions.find(flow, number).orElseThrow(() -> {
            names.requireKnown(flow);
            return new ResponseStatusException(HttpStatus.NOT_FOUND, "no revision " + number + " of " + flow);
        });
    }
}
