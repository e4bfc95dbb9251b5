package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Brings every flow up when the hub starts, and from then on follows the folder and the database. */
@Component
final class Watches {
    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    /** Many, for a hand may wait half a minute for a flow's runs to end, and the next edit must not wait for it. */
    private static final int HANDS = 8;

    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LAST_EDIT = Duration.ofSeconds(5);

    private final FlowFolder folder;
    private final FlowSettings settings;
    private final FirstLoad firstLoad;
    private final Reconciler reconciler;
    private final Revisions revisions;
    private final Copies copies;
    private final Catalogue catalogue;
    private final DataSourceProperties database;
    private final ScheduledExecutorService hands =
            Executors.newScheduledThreadPool(HANDS, work -> thread(work, "edits"));
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable FolderWatch files;
    private @Nullable PeerWatch peers;

    Watches(
            FlowFolder folder,
            FlowSettings settings,
            FirstLoad firstLoad,
            Reconciler reconciler,
            Revisions revisions,
            Copies copies,
            Catalogue catalogue,
            DataSourceProperties database) {
        this.folder = folder;
        this.settings = settings;
        this.firstLoad = firstLoad;
        this.reconciler = reconciler;
        this.revisions = revisions;
        this.copies = copies;
        this.catalogue = catalogue;
        this.database = database;
    }

    @EventListener(ApplicationStartedEvent.class)
    void open() throws IOException {
        Map<String, Stamp> found = folder.look();
        Set<String> keys = new TreeSet<>(patiently(revisions::heads).keySet());
        keys.addAll(keys(found.keySet()));
        boolean folderIsThere = !found.isEmpty();
        keys.stream().filter(key -> key.contains("/")).forEach(key -> reconcile(key, folderIsThere));
        patiently(() -> firstLoad.load(found.keySet()));
        keys.stream()
                .filter(key -> !key.contains("/") && catalogue.live(key).isEmpty())
                .forEach(key -> reconcile(key, folderIsThere));
        tidy();
        log.info(
                "{} files are live, {} are refused",
                catalogue.live().size(),
                catalogue.problems().size());
        files = new FolderWatch(folder, settings.edits().settle(), FolderWatch.SELDOM, found, names -> keys(names)
                .forEach(this::lookNow));
        peers = new PeerWatch(besideThePool(), this::compareOne, this::compareAll);
        thread(files, "folder-watch").start();
        thread(peers, "peer-watch").start();
    }

    /** Before anything else stops: from then on no edit changes what is being stopped. */
    @EventListener(ContextClosedEvent.class)
    void close() throws IOException, InterruptedException {
        if (files != null) {
            files.close();
        }
        if (peers != null) {
            peers.close();
        }
        hands.shutdownNow();
        if (!hands.awaitTermination(LAST_EDIT.toSeconds(), TimeUnit.SECONDS)) {
            log.warn("an edit is under way while the hub stops; the next start looks at it again");
        }
    }

    /** A database that restarts while the hub starts is waited for, as it is later. */
    private <T> T patiently(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (DataAccessException | TransactionException e) {
                log.warn("the start waits for the database: {}", cause(e));
                rest(e);
            }
        }
    }

    private void rest(RuntimeException e) {
        try {
            if (hands.awaitTermination(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw e; // the hub stops
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    private void tidy() {
        try {
            copies.forgetOldNodes();
            catalogue.refused(revisions.open());
        } catch (DataAccessException | TransactionException e) {
            log.warn("copies of nodes that are gone are forgotten later: {}", cause(e));
            ScheduledFuture<?> unused = hands.schedule(this::tidy, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Flows whose live revision is not the one that this node has dealt with. */
    private void compareAll() {
        Map<String, Integer> heads = revisions.heads();
        catalogue.refused(revisions.open());
        heads.forEach(this::compare);
        catalogue.live().stream()
                .map(live -> live.file().key())
                .filter(catalogue::isDoubtful)
                .forEach(this::lookNow); // perhaps the database has none at all
    }

    private void compareOne(String key) {
        catalogue.refused(revisions.open());
        revisions.head(key).ifPresent(head -> compare(key, head.number()));
        lookAtWhatLacked(key);
    }

    private void compare(String key, int number) {
        if (catalogue.settled(key) != number) {
            lookNow(key);
        }
    }

    private void lookNow(String key) {
        look(key, Duration.ZERO);
    }

    /** Once for each flow, however often it is asked for while it waits. */
    private void look(String key, Duration pause) {
        if (waiting.add(key)) {
            try {
                ScheduledFuture<?> unused =
                        hands.schedule(() -> reconcile(key), pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RuntimeException | Error e) { // no thread to be had, say: else it would wait for ever
                waiting.remove(key);
                throw e;
            }
        }
    }

    private void reconcile(String key) {
        waiting.remove(key);
        if (reconcile(key, true)) {
            lookAtWhatLacked(key);
        }
    }

    /** Flows that are in trouble may have lacked just this. */
    private void lookAtWhatLacked(String shared) {
        if (shared.contains("/")) {
            catalogue.lookAgain().forEach(this::lookNow);
        }
    }

    /** Whether that could be done. */
    private boolean reconcile(String key, boolean folderIsThere) {
        try {
            reconciler.reconcile(key, folderIsThere);
            catalogue.refused(revisions.open());
            return true;
        } catch (UncheckedIOException | DataAccessException | TransactionException e) {
            log.warn("{} is looked at again: {}", key, cause(e));
            look(key, AGAIN);
        } catch (RuntimeException | Error e) { // no more threads, for instance
            log.error("{} could not be looked at and is looked at again", key, e);
            look(key, AGAIN);
        }
        return false;
    }

    private static String cause(Throwable e) {
        return NestedExceptionUtils.getMostSpecificCause(e).toString();
    }

    /** A wait for notifications has a limit of its own, so that of the socket may be short. */
    private DataSource besideThePool() {
        SimpleDriverDataSource beside = database.initializeDataSourceBuilder()
                .type(SimpleDriverDataSource.class)
                .build();
        Properties properties = new Properties();
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        beside.setConnectionProperties(properties);
        return beside;
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
