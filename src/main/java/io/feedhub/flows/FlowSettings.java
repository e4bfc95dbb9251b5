package io.feedhub.flows;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where operators keep their files, and how edits go live.
 *
 * @param routes one file for each flow
 * @param beans beans that flows name
 * @param node this machine
 * @param edits how edits go live
 */
@ConfigurationProperties("feedhub")
record FlowSettings(
        @DefaultValue("routes") Path routes,
        @DefaultValue("beans") Path beans,
        @DefaultValue Name node,
        @DefaultValue Edits edits) {

    /**
     * @param name unique among the nodes that share a database
     */
    record Name(@DefaultValue("local") String name) {}

    /**
     * @param settle how long a file must be left alone before it counts as saved
     * @param drain how long a swap waits for runs in flight; then they are superseded
     * @param revisions how many revisions of each flow are kept, and how many refused edits
     * @param follow whether what went live elsewhere is written into this node's folders
     */
    record Edits(
            @DefaultValue("300ms") Duration settle,
            @DefaultValue("30s") Duration drain,
            @DefaultValue("500") int revisions,
            @DefaultValue("true") boolean follow) {}
}
