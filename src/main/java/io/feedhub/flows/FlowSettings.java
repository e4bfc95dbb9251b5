package io.feedhub.flows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

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
        @DefaultValue NodeSettings node,
        @DefaultValue EditSettings edits) {

    /**
     * @param name unique among the nodes that share a database
     */
    record NodeSettings(@DefaultValue("local") String name) {}

    /**
     * @param settle how long a file must be left alone before it counts as saved
     * @param drain how long a swap waits for runs in flight; then they are superseded. 5 minutes at most, for the database
     *     keeps an edit's transaction open meanwhile
     * @param revisions how many revisions of each flow are kept, and how many refused edits
     * @param follow whether what went live elsewhere is written into this node's folders
     */
    record EditSettings(
            @DefaultValue("300ms") Duration settle,
            @DefaultValue("30s") Duration drain,
            @DefaultValue("500") int revisions,
            @DefaultValue("true") boolean follow) {
        private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

        /** @throws IllegalArgumentException when an edit would keep others waiting for too long */
        EditSettings {
            if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
                throw new IllegalArgumentException("feedhub.edits.drain must be from 0s to 5m, not "
                        + DurationStyle.SIMPLE.print(drain, ChronoUnit.SECONDS));
            }
        }
    }
}
