package io.feedhub.flows;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Folders that have lost all their files at once, or are getting them back one by one: until no more have come for a while,
 * it says nothing that a file is not there. The watch tells of them, and every look asks. Thread-safe.
 */
@Component
final class Absences {
    private final Map<String, Sight> folders = new ConcurrentHashMap<>();
    private final Duration calm;

    /** What was there when one more was seen. */
    private record Sight(Set<String> names, long at) {}

    Absences() {
        this(FolderWatch.SELDOM);
    }

    /** @param calm how long no file must have come for the folder to be whole again */
    Absences(Duration calm) {
        this.calm = calm;
    }

    /**
     * A folder has no file any more.
     *
     * @return whether that is new
     */
    boolean lose(String prefix) {
        Sight before = folders.put(prefix, new Sight(Set.of(), System.nanoTime()));
        return before == null || !before.names().isEmpty();
    }

    /**
     * A folder has these files now.
     *
     * @return whether they are the first that are back
     */
    boolean see(String prefix, Set<String> names) {
        Sight before = folders.get(prefix);
        if (before == null) {
            return false;
        }
        long now = System.nanoTime();
        if (!before.names().containsAll(names)) {
            folders.put(prefix, new Sight(Set.copyOf(names), now));
        } else if (now - before.at() > calm.toNanos()) {
            folders.remove(prefix);
        }
        return before.names().isEmpty();
    }

    /** Whether it says nothing that a file of this folder is not there. */
    boolean sayNothing(String prefix) {
        return folders.containsKey(prefix);
    }

    /** Whether every folder is whole. */
    boolean areNone() {
        return folders.isEmpty();
    }
}
