package io.feedhub.flows;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operating system tells of the folders. It may tell too much, or nothing; a look has the truth. For one thread. */
final class FolderEvents {
    private static final Logger log = LoggerFactory.getLogger(FolderEvents.class);

    private final FlowFolder folder;
    private final WatchService events;

    /** Which folder was watched under a path; another may have taken its place. */
    private final Map<Path, Object> watched = new HashMap<>();

    private boolean deaf;

    FolderEvents(FlowFolder folder) throws IOException {
        this.folder = folder;
        this.events = FileSystems.getDefault().newWatchService();
    }

    /**
     * @param names the flows' files that are said to have changed
     * @param everything whether more may have changed than that
     */
    record Hint(Set<String> names, boolean everything) {}

    /** Waits until something is told, or for so long. */
    Hint await(Duration longest) throws InterruptedException {
        Set<String> names = new HashSet<>();
        boolean everything = false;
        WatchKey key = events.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        while (key != null) {
            Path place = (Path) key.watchable();
            for (WatchEvent<?> event : key.pollEvents()) {
                everything |= !isOfOneFile(place, event, names);
            }
            if (!key.reset()) {
                watched.remove(place);
                everything = true;
            }
            key = events.poll();
        }
        return new Hint(names, everything);
    }

    /** Watches the folders that are there now. */
    void watchPlaces() {
        for (Path place : folder.places()) {
            try {
                Object identity = identity(place);
                if (!identity.equals(watched.get(place))) {
                    place.register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                    watched.put(place, identity);
                }
            } catch (NoSuchFileException e) {
                log.debug("{} is gone already", place);
            } catch (IOException e) {
                if (!deaf) {
                    log.warn("{} cannot be watched, so edits in it are noticed late: {}", place, e.toString());
                }
                deaf = true;
            }
        }
    }

    void close() throws IOException {
        events.close();
    }

    /** Adds the flow's file that an event is about. Other files say nothing; other folders may hold files. */
    private boolean isOfOneFile(Path place, WatchEvent<?> event, Set<String> names) {
        if (!(event.context() instanceof Path changed)) {
            return false;
        }
        Path path = place.resolve(changed);
        folder.nameOf(path).ifPresent(names::add);
        return !watched.containsKey(path) && !Files.isDirectory(path);
    }

    private static Object identity(Path place) throws IOException {
        Object key = Files.readAttributes(place, BasicFileAttributes.class).fileKey();
        return key == null ? place : key;
    }
}
