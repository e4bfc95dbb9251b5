package io.feedhub.flows;

import io.feedhub.database.Reason;
import io.feedhub.database.UnpooledConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks at what is live in the database: at one flow whenever PostgreSQL says that it changed, and at all of them every few
 * seconds in case it could not say so. The notification only wakes; the table is the truth.
 */
@Component
final class PeerWatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PeerWatch.class);
    private static final Duration AT_LEAST = Duration.ofSeconds(3);
    private static final int ANSWER = 5; // seconds that a connection is given to say that it lives

    private final UnpooledConnections database;
    private final Revisions revisions;
    private final LiveFiles liveFiles;
    private final ReconcileQueue queue;
    private volatile boolean closed;

    PeerWatch(UnpooledConnections database, Revisions revisions, LiveFiles liveFiles, ReconcileQueue queue) {
        this.database = database;
        this.revisions = revisions;
        this.liveFiles = liveFiles;
        this.queue = queue;
    }

    @Override
    public void run() {
        while (!closed) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen feedhub_flows");
                listen(connection);
            } catch (SQLException | DataAccessException | TransactionException e) {
                if (!closed) {
                    log.warn("edits made elsewhere cannot be seen, trying again: {}", Reason.of(e));
                    rest();
                }
            } catch (RuntimeException | Error e) { // no thread to be had, say: without the loop none would be seen
                if (!closed) {
                    log.error("edits made elsewhere cannot be seen, trying again", e);
                    rest();
                }
            }
        }
    }

    /** It ends after its look at the latest. */
    void close() {
        closed = true;
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        do {
            compareAll();
            long until = System.nanoTime() + AT_LEAST.toNanos();
            for (long left = AT_LEAST.toMillis(); left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                for (PGNotification changed : postgres.getNotifications((int) left)) {
                    compareOne(changed.getParameter());
                }
            }
        } while (!closed && connection.isValid(ANSWER)); // one that died without a word ends here
    }

    /** Flows whose live revision is not the one that this node has dealt with. */
    private void compareAll() {
        Map<String, Integer> heads = revisions.heads();
        liveFiles.refused(revisions.open());
        heads.forEach(this::compare);
        liveFiles.live().stream()
                .map(live -> live.file().key())
                .filter(liveFiles::isDoubtful)
                .forEach(queue::lookNow); // perhaps the database has none at all
    }

    private void compareOne(String key) {
        liveFiles.refused(revisions.open());
        revisions.head(key).ifPresent(head -> compare(key, head.number()));
        queue.lookAtWhatLacked(key);
    }

    private void compare(String key, int number) {
        if (liveFiles.settled(key) != number) {
            queue.lookNow(key);
        }
    }

    private void rest() {
        try {
            Thread.sleep(AT_LEAST.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
