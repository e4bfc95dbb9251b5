package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that change, until they have been left alone for a while: a half-written file is not an edit. For one thread. */
final class Settling {
    /** What no file looks like. */
    private static final Stamp UNLIKE = new Stamp(-1, 0, "");

    private final Duration settle;
    private final Map<String, Stamp> known;
    private final Map<String, Change> pending = new HashMap<>();

    /** A file as it looked when it was last seen to change, or null for a file that is gone. */
    private record Change(@Nullable Stamp stamp, long since) {}

    /**
     * @param settle how long a file must be left alone
     * @param known what has been dealt with already
     */
    Settling(Duration settle, Map<String, Stamp> known) {
        this.settle = settle;
        this.known = new HashMap<>(known);
    }

    /** How a file looks now; null when it is not there. */
    void note(String name, @Nullable Stamp stamp) {
        Change before = pending.get(name);
        Stamp last = before == null ? known.get(name) : before.stamp();
        if (!Objects.equals(stamp, last)) {
            pending.put(name, new Change(stamp, System.nanoTime()));
        }
    }

    /** Files that have been left alone for long enough; from now on they are known as they are. */
    Set<String> ready() {
        long calm = System.nanoTime() - settle.toNanos();
        Set<String> ready = new HashSet<>();
        pending.forEach((name, change) -> {
            if (change.since() - calm <= 0) {
                ready.add(name);
                known.compute(name, (same, before) -> change.stamp());
            }
        });
        pending.keySet().removeAll(ready);
        return ready;
    }

    /** Files that have changed and are not ready. */
    Set<String> pending() {
        return Set.copyOf(pending.keySet());
    }

    /** How long until the next file is ready, if nobody touches it. */
    Duration untilReady(Duration atMost) {
        long calm = System.nanoTime() - settle.toNanos();
        return pending.values().stream()
                .map(change -> Duration.ofNanos(Math.max(0, change.since() - calm)))
                .filter(left -> left.compareTo(atMost) < 0)
                .min(Duration::compareTo)
                .orElse(atMost);
    }

    /** Every name that was seen, in one folder. */
    Set<String> names(String prefix) {
        Set<String> names = new HashSet<>(known.keySet());
        names.addAll(pending.keySet());
        names.removeIf(name -> !name.startsWith(prefix));
        return names;
    }

    /** How the files of a folder looked that have been dealt with. */
    Map<String, Stamp> known(String prefix) {
        Map<String, Stamp> inside = new HashMap<>(known);
        inside.keySet().removeIf(name -> !name.startsWith(prefix));
        return inside;
    }

    /** What changed in a folder lately was no change. */
    void forget(String prefix) {
        pending.keySet().removeIf(name -> name.startsWith(prefix));
    }

    /** Whatever a folder's files look like, they are to be dealt with again. */
    void doubt(String prefix) {
        known.replaceAll((name, stamp) -> name.startsWith(prefix) ? UNLIKE : stamp);
    }

    /** Whatever these files look like, and if they are gone, they are to be dealt with again. */
    void doubt(Set<String> names) {
        names.forEach(name -> known.put(name, UNLIKE));
    }
}
