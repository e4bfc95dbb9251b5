package io.feedhub.console.rest;

import io.feedhub.flows.Flow;
import io.feedhub.flows.Flows;
import io.feedhub.flows.Revision;
import io.feedhub.flows.check.FlowFile;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

/** {@code /api/files}: what flows share, the files of {@code beans/} and {@code routes/_shared/}, and edits of them. */
@RestController
@RequestMapping("/api/files")
final class FilesApi {
    private final Flows flows;
    private final RevisionsApi revisions;

    FilesApi(Flows flows, RevisionsApi revisions) {
        this.flows = flows;
        this.revisions = revisions;
    }

    @GetMapping
    Page<Flow> all() {
        return Page.all(flows.shared());
    }

    @GetMapping("/{folder}/{name}/revisions")
    Page<Revision> history(@PathVariable String folder, @PathVariable String name) {
        return revisions.history(key(folder, name));
    }

    @GetMapping("/{folder}/{name}/revisions/{number}")
    ResponseEntity<Revision> one(@PathVariable String folder, @PathVariable String name, @PathVariable int number) {
        return revisions.one(key(folder, name), number);
    }

    @GetMapping("/{folder}/{name}/revisions/{number}/diff")
    Map<String, String> diff(
            @PathVariable String folder, @PathVariable String name, @PathVariable int number, @RequestParam int from) {
        return revisions.diff(key(folder, name), number, from);
    }

    @PutMapping("/{folder}/{name}")
    ResponseEntity<Revision> put(
            @PathVariable String folder,
            @PathVariable String name,
            @Parameter(required = true) @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String base,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(mediaType = RevisionsApi.YAML, schema = @Schema(type = "string")))
                    @RequestBody
                    String yaml,
            Principal author) {
        return revisions.put(key(folder, name), base, yaml, author);
    }

    @DeleteMapping("/{folder}/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String folder,
            @PathVariable String name,
            @Parameter(required = true) @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String base,
            Principal author) {
        revisions.delete(key(folder, name), base, author);
    }

    @PostMapping("/{folder}/{name}/rollback")
    ResponseEntity<Revision> rollback(
            @PathVariable String folder, @PathVariable String name, @RequestParam int to, Principal author) {
        return revisions.rollback(key(folder, name), to, author);
    }

    private static String key(String folder, String name) {
        if (!FlowFile.isSharedFolder(folder)) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "no folder " + folder + " of files that flows share; there are beans and _shared");
        }
        if (!FlowFile.isSharedId(name)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "a file's name has letters, digits, _ and - only, and no folder");
        }
        return folder + "/" + name;
    }
}
