package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files that were changed, added or removed, once they have been left alone for a while: a half-written file is
 * not an edit. The operating system wakes it, and what the folder then looks like is the truth; a slow look now and then
 * finds what was not told, such as an edit behind a symbolic link.
 */
final class FolderWatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration SELDOM = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofMillis(500);

    private final FlowFolder folder;
    private final Duration settle;
    private final Consumer<Set<String>> changed;
    private final WatchService events;
    private final Set<Path> watched = new HashSet<>();
    private final Map<String, Change> pending = new HashMap<>();
    private Map<String, Stamp> known;

    /** A file as it looked when it was last seen to change, or null for a file that is gone. */
    private record Change(@Nullable Stamp stamp, long since) {}

    /**
     * @param known what has been dealt with already
     * @param changed is given the names of files
     */
    FolderWatch(FlowFolder folder, Duration settle, Map<String, Stamp> known, Consumer<Set<String>> changed)
            throws IOException {
        this.folder = folder;
        this.settle = settle;
        this.known = new HashMap<>(known);
        this.changed = changed;
        this.events = FileSystems.getDefault().newWatchService();
        watchPlaces();
    }

    @Override
    public void run() {
        try {
            while (true) {
                await();
                look();
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("the hub stops");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() throws IOException {
        events.close();
    }

    private void await() throws InterruptedException {
        Duration longest = pending.isEmpty() ? idle() : settle;
        WatchKey key = events.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                watched.remove((Path) key.watchable());
            }
            key = events.poll(settle.toMillis() / 10, TimeUnit.MILLISECONDS);
        }
    }

    /** Java has no events of the file system on a Mac. */
    private static Duration idle() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? OFTEN : SELDOM;
    }

    private void look() {
        try {
            watchPlaces();
            Map<String, Stamp> now = folder.look();
            if (now.isEmpty() && known.size() > 1) {
                log.error("all files are gone at once; the folder is taken as missing, and the flows run on");
                return;
            }
            note(now);
            tell(now);
        } catch (IOException | UncheckedIOException e) {
            log.debug("the folder changes while it is listed: {}", e.getMessage());
        }
    }

    private void watchPlaces() throws IOException {
        for (Path place : folder.places()) {
            if (watched.add(place)) {
                place.register(
                        events,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        }
    }

    private void note(Map<String, Stamp> now) {
        Set<String> names = new HashSet<>(now.keySet());
        names.addAll(known.keySet());
        names.addAll(pending.keySet());
        for (String name : names) {
            Stamp stamp = now.get(name);
            Change before = pending.get(name);
            Stamp last = before == null ? known.get(name) : before.stamp();
            if (!Objects.equals(stamp, last)) {
                pending.put(name, new Change(stamp, System.nanoTime()));
            }
        }
    }

    private void tell(Map<String, Stamp> now) {
        long calm = System.nanoTime() - settle.toNanos();
        Set<String> ready = new HashSet<>();
        pending.forEach((name, change) -> {
            if (change.since() - calm <= 0) {
                ready.add(name);
            }
        });
        for (String name : ready) {
            pending.remove(name);
            Optional.ofNullable(now.get(name))
                    .ifPresentOrElse(stamp -> known.put(name, stamp), () -> known.remove(name));
        }
        if (!ready.isEmpty()) {
            changed.accept(ready);
        }
    }
}
