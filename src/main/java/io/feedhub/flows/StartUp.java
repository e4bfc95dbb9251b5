package io.feedhub.flows;

import io.feedhub.database.Reason;
import io.feedhub.flows.check.FlowFile;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings every flow up when the hub starts: first beans and policy, which flows lean on, then what {@link FirstLoad} takes,
 * then the rest one by one.
 */
@Component
final class StartUp {
    private static final Logger log = LoggerFactory.getLogger(StartUp.class);

    private final FirstLoad firstLoad;
    private final ReconcileQueue queue;
    private final Revisions revisions;
    private final Copies copies;
    private final LiveFiles liveFiles;

    StartUp(FirstLoad firstLoad, ReconcileQueue queue, Revisions revisions, Copies copies, LiveFiles liveFiles) {
        this.firstLoad = firstLoad;
        this.queue = queue;
        this.revisions = revisions;
        this.copies = copies;
        this.liveFiles = liveFiles;
    }

    /** @param found the names of the files in the folder; none when it is missing */
    void bringUp(Set<String> found) {
        Set<String> keys = new TreeSet<>(patiently(revisions::heads).keySet());
        keys.addAll(FlowFolder.keys(found));
        boolean folderIsThere = !found.isEmpty();
        keys.stream().filter(FlowFile::isSharedKey).forEach(key -> queue.reconcile(key, folderIsThere));
        patiently(() -> firstLoad.load(found));
        keys.stream()
                .filter(key -> !FlowFile.isSharedKey(key) && liveFiles.live(key).isEmpty())
                .forEach(key -> queue.reconcile(key, folderIsThere));
        tidy();
        log.info(
                "{} files are live, {} are refused",
                liveFiles.live().size(),
                liveFiles.problems().size());
    }

    /** A database that restarts while the hub starts is waited for, as it is later. */
    private <T> T patiently(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (DataAccessException | TransactionException e) {
                log.warn("the start waits for the database: {}", Reason.of(e));
                rest(e);
            }
        }
    }

    private void rest(RuntimeException e) {
        try {
            if (queue.rest()) {
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
            liveFiles.refused(revisions.open());
        } catch (DataAccessException | TransactionException e) {
            log.warn("copies of nodes that are gone are forgotten later: {}", Reason.of(e));
            queue.later(this::tidy);
        }
    }
}
