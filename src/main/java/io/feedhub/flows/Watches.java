package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has every flow brought up when the hub starts, and from then on follows the folder and the database. */
@Component
final class Watches {
    private final FlowFolder folder;
    private final FlowSettings settings;
    private final StartUp startUp;
    private final ReconcileQueue queue;
    private final PeerWatch peers;
    private final Absences absences;
    private @Nullable FolderWatch files;

    Watches(
            FlowFolder folder,
            FlowSettings settings,
            StartUp startUp,
            ReconcileQueue queue,
            PeerWatch peers,
            Absences absences) {
        this.folder = folder;
        this.settings = settings;
        this.startUp = startUp;
        this.queue = queue;
        this.peers = peers;
        this.absences = absences;
    }

    @EventListener(ApplicationStartedEvent.class)
    void open() throws IOException {
        Map<String, Stamp> found = folder.look();
        startUp.bringUp(found.keySet());
        files = new FolderWatch(
                folder,
                settings.edits().settle(),
                FolderWatch.SELDOM,
                found,
                absences,
                this::look,
                queue::lookAtFolder);
        start(files, "folder-watch");
        start(peers, "peer-watch");
    }

    /** Before anything else stops: from then on no edit changes what is being stopped. */
    @EventListener(ContextClosedEvent.class)
    void close() throws IOException, InterruptedException {
        if (files != null) {
            files.close();
        }
        peers.close();
        queue.close();
    }

    private void look(Set<String> names) {
        FlowFolder.keys(names).forEach(queue::lookNow);
    }

    private static void start(Runnable watch, String name) {
        Thread thread = new Thread(watch, name);
        thread.setDaemon(true);
        thread.start();
    }
}
