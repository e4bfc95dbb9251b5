package io.feedhub.console.rest;

import io.feedhub.flows.Flow;
import io.feedhub.flows.Flows;
import io.feedhub.flows.Revisions;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Vocabulary;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Tells a flow that has nothing to show from a name that is no flow's. */
@Component
final class FlowNames {
    private final Flows flows;
    private final Revisions revisions;

    FlowNames(Flows flows, Revisions revisions) {
        this.flows = flows;
        this.revisions = revisions;
    }

    /** @throws ResponseStatusException 404, when no flow is or was called so, and no file that flows share */
    void requireKnown(String name) {
        if (flows.find(name).isEmpty() && revisions.newest(name).isEmpty()) {
            throw unknown(name);
        }
    }

    ResponseStatusException unknown(String name) {
        boolean isFile = FlowFile.isSharedKey(name);
        Stream<String> names = isFile
                ? flows.shared().stream().map(one -> new FlowFile(one.file(), "").key())
                : flows.all().stream().map(Flow::id);
        Set<String> all = names.collect(Collectors.toSet());
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND,
                "no " + (isFile ? "file " : "flow ") + name + "; " + Vocabulary.instead(name, all));
    }
}
