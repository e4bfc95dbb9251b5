package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Brings every flow up when the hub starts, and from then on follows the folder and the database. */
@Component
final class Watches implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Watches.class);
    private static final int HANDS = 3;

    private final FlowFolder folder;
    private final FlowSettings settings;
    private final Reconciler reconciler;
    private final Revisions revisions;
    private final Copies copies;
    private final Catalogue catalogue;
    private final DataSource database;
    private final ExecutorService hands = Executors.newFixedThreadPool(HANDS, work -> thread(work, "edits"));
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable FolderWatch files;
    private @Nullable PeerWatch peers;

    Watches(
            FlowFolder folder,
            FlowSettings settings,
            Reconciler reconciler,
            Revisions revisions,
            Copies copies,
            Catalogue catalogue,
            DataSource database) {
        this.folder = folder;
        this.settings = settings;
        this.reconciler = reconciler;
        this.revisions = revisions;
        this.copies = copies;
        this.catalogue = catalogue;
        this.database = database;
    }

    @EventListener(ApplicationStartedEvent.class)
    void open() throws IOException {
        Map<String, Stamp> found = folder.look();
        Set<String> keys = new TreeSet<>(revisions.heads().keySet());
        keys.addAll(keys(found.keySet()));
        boolean folderIsThere = !found.isEmpty();
        keys.stream()
                .sorted(Comparator.comparing((String key) -> !key.contains("/")).thenComparing(key -> key))
                .forEach(key -> reconciler.reconcile(key, folderIsThere));
        copies.forgetOldNodes();
        catalogue.refused(revisions.open());
        log.info(
                "{} files are live, {} are refused",
                catalogue.live().size(),
                catalogue.problems().size());
        files = new FolderWatch(
                folder, settings.edits().settle(), found, names -> keys(names).forEach(this::look));
        peers = new PeerWatch(database, this::compare);
        thread(files, "folder-watch").start();
        thread(peers, "peer-watch").start();
    }

    @Override
    public void destroy() throws IOException {
        if (files != null) {
            files.close();
        }
        if (peers != null) {
            peers.close();
        }
        hands.shutdownNow();
    }

    /** Flows whose live revision is not the one that this node has dealt with. */
    private void compare() {
        Map<String, Integer> heads = revisions.heads();
        catalogue.refused(revisions.open());
        heads.forEach((key, number) -> {
            if (catalogue.settled(key) != number) {
                look(key);
            }
        });
    }

    /** Once for each flow, however often it is asked for while it waits. */
    private void look(String key) {
        if (waiting.add(key)) {
            hands.execute(() -> {
                waiting.remove(key);
                try {
                    reconciler.reconcile(key, true);
                    catalogue.refused(revisions.open());
                } catch (UncheckedIOException | org.springframework.dao.DataAccessException e) {
                    log.warn("{} is looked at again: {}", key, e.getMessage());
                    look(key);
                }
            });
        }
    }

    private static Set<String> keys(Set<String> names) {
        return names.stream().map(name -> new FlowFile(name, "").key()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
