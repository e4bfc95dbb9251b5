package io.feedhub.flows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Files that were written a moment ago, so that the rest may be still to come. A file of the future, from a machine whose clock
 * is fast, is none: it would be so for ever. Thread-safe.
 */
@Component
final class YoungFiles {
    private final FlowFolder folder;
    private final Duration settle;
    private final Clock clock;

    YoungFiles(FlowFolder folder, FlowSettings settings, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.settle = settings.edits().settle();
    }

    /** Whether a flow has one. */
    boolean has(String key) {
        Instant now = clock.instant();
        return folder.namesOf(key).stream()
                .flatMap(name -> folder.look(name).stream())
                .map(stamp -> Duration.between(Instant.ofEpochSecond(0, stamp.modified()), now))
                .anyMatch(age -> !age.isNegative() && age.compareTo(settle) < 0);
    }
}
