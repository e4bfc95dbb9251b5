package io.feedhub.flows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Looks at what is live in the database: at one flow whenever PostgreSQL says that it changed, and at all of them every few
 * seconds in case it could not say so. The notification only wakes; the table is the truth.
 */
final class PeerWatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PeerWatch.class);
    private static final Duration AT_LEAST = Duration.ofSeconds(3);

    private final DataSource database;
    private final Consumer<String> compareOne;
    private final Runnable compareAll;
    private volatile boolean closed;

    /**
     * @param database gives a connection of its own: it is held all the time
     * @param compareOne looks at what is live of one flow
     * @param compareAll looks at what is live of all
     */
    PeerWatch(DataSource database, Consumer<String> compareOne, Runnable compareAll) {
        this.database = database;
        this.compareOne = compareOne;
        this.compareAll = compareAll;
    }

    @Override
    public void run() {
        while (!closed) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen feedhub_flows");
                listen(connection);
            } catch (SQLException | DataAccessException | TransactionException e) {
                if (!closed) {
                    log.warn(
                            "edits made elsewhere cannot be seen, trying again: {}",
                            NestedExceptionUtils.getMostSpecificCause(e).getMessage());
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
        while (!closed) {
            compareAll.run();
            long until = System.nanoTime() + AT_LEAST.toNanos();
            for (long left = AT_LEAST.toMillis(); left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                for (PGNotification changed : postgres.getNotifications((int) left)) {
                    compareOne.accept(changed.getParameter());
                }
            }
            connection.isValid(5); // a connection that died without a word ends here
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
