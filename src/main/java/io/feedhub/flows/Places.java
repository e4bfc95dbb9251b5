package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Outline;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Where files belong that come without a place: over the API, and from the desk. Thread-safe. */
@Component
public final class Places {
    private final Revisions revisions;

    Places(Revisions revisions) {
        this.revisions = revisions;
    }

    /**
     * Where a file is: where it was, or for a new flow in the folder that its group names.
     *
     * @param key the flow, or {@code beans/<name>} or {@code _shared/<name>}
     * @param yaml its text
     */
    public FlowFile of(String key, String yaml) {
        String name =
                revisions.head(key).map(Revision::file).orElseGet(() -> folder(key, yaml) + key + FlowFile.ENDING);
        return FlowFile.of(name, yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a flow of no name would belong: the one that its text gives itself. */
    public static FlowFile unnamed(String yaml) {
        Outline outline = Outline.of(new FlowFile("routes/-/-.yaml", yaml));
        String name = "routes/" + named(outline.group()) + "/" + named(outline.id()) + FlowFile.ENDING;
        return FlowFile.of(name, yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String named(String name) {
        return name.isEmpty() ? "unnamed" : name;
    }

    private static String folder(String key, String yaml) {
        if (FlowFile.isSharedKey(key)) {
            return key.startsWith("beans/") ? "" : "routes/";
        }
        return "routes/" + Outline.of(new FlowFile("routes/-/-.yaml", yaml)).group() + "/";
    }
}
