package io.feedhub.console;

import io.feedhub.flows.Flows;
import io.feedhub.nodes.RevisionSet;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.springframework.stereotype.Component;

/** The revisions that this node's flows run, as one number. */
@Component
final class LiveRevisions implements RevisionSet {
    private final Flows flows;

    LiveRevisions(Flows flows) {
        this.flows = flows;
    }

    @Override
    public String digest() {
        CRC32 sum = new CRC32();
        flows.revisions()
                .forEach((flow, revision) ->
                        sum.update((flow + ':' + revision + '\n').getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(sum.getValue());
    }

    @Override
    public OptionalInt of(String flow) {
        return flows.revision(flow);
    }
}
