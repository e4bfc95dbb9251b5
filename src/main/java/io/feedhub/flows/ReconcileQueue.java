package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Flows that are to be reconciled, each waiting once however often it is asked for. What could not be done is tried again.
 * Thread-safe.
 */
@Component
final class ReconcileQueue {
    private static final Logger log = LoggerFactory.getLogger(ReconcileQueue.class);

    /** Many, for a hand may wait half a minute for a flow's runs to end, and the next edit must not wait for it. */
    private static final int HANDS = 8;

    private static final Duration SOON = Duration.ofMillis(100);
    private static final int PUT_OFF_AT_MOST = 30;
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LAST_EDIT = Duration.ofSeconds(5);

    private final Reconciler reconciler;
    private final LiveFiles liveFiles;
    private final Revisions revisions;
    private final YoungFiles youngFiles;
    private final ScheduledExecutorService hands = Executors.newScheduledThreadPool(HANDS, ReconcileQueue::hand);
    private final Map<String, Integer> putOff = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    ReconcileQueue(Reconciler reconciler, LiveFiles liveFiles, Revisions revisions, YoungFiles youngFiles) {
        this.reconciler = reconciler;
        this.liveFiles = liveFiles;
        this.revisions = revisions;
        this.youngFiles = youngFiles;
    }

    void lookNow(String key) {
        look(key, Duration.ZERO);
    }

    /** All that runs of a folder, as {@code routes/}. */
    void lookAtFolder(String prefix) {
        liveFiles.live().stream()
                .map(Live::file)
                .filter(file -> file.name().startsWith(prefix))
                .forEach(file -> lookNow(file.key()));
    }

    /** Flows that are in trouble may have lacked just this. */
    void lookAtWhatLacked(String shared) {
        if (FlowFile.isSharedKey(shared)) {
            liveFiles.lookAgain().forEach(this::lookNow);
        }
    }

    /**
     * Reconciles a flow in the caller's thread; what could not be done waits its turn.
     *
     * @param folderIsThere false when the whole folder is missing, so that a missing file says nothing
     * @return whether that could be done
     */
    boolean reconcile(String key, boolean folderIsThere) {
        try {
            reconciler.reconcile(key, folderIsThere);
            liveFiles.refused(revisions.open());
            return true;
        } catch (UncheckedIOException | DataAccessException | TransactionException e) {
            log.warn(
                    "{} is looked at again: {}",
                    key,
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            look(key, AGAIN);
        } catch (RuntimeException | Error e) { // no more threads, for instance
            log.error("{} could not be looked at and is looked at again", key, e);
            look(key, AGAIN);
        }
        return false;
    }

    /** Has other work done after the pause that lies between two tries. */
    void later(Runnable work) {
        ScheduledFuture<?> unused = hands.schedule(work, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The pause between two tries.
     *
     * @return whether the hub stops
     */
    boolean rest() throws InterruptedException {
        return hands.awaitTermination(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What waits is left to the next start; what is under way may end. */
    void close() throws InterruptedException {
        hands.shutdownNow();
        if (!hands.awaitTermination(LAST_EDIT.toSeconds(), TimeUnit.SECONDS)) {
            log.warn("an edit is under way while the hub stops; the next start looks at it again");
        }
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

    /** Whoever asks for it, half a file is none; but what never comes to rest keeps no peer's revision away. */
    private void reconcile(String key) {
        waiting.remove(key);
        if (youngFiles.has(key) && putOff.merge(key, 1, Integer::sum) <= PUT_OFF_AT_MOST) {
            look(key, SOON);
            return;
        }
        putOff.remove(key);
        if (reconcile(key, true)) {
            lookAtWhatLacked(key);
        }
    }

    private static Thread hand(Runnable work) {
        Thread thread = new Thread(work, "edits");
        thread.setDaemon(true);
        return thread;
    }
}
