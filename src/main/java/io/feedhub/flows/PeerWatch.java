package io.feedhub.flows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what is live in the database, and again whenever PostgreSQL says that it changed, and every few seconds in case
 * it could not say so. The notification only wakes; the table is the truth.
 */
final class PeerWatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PeerWatch.class);
    private static final Duration AT_LEAST = Duration.ofSeconds(3);

    private final DataSource database;
    private final Runnable compare;
    private volatile boolean closed;

    /**
     * @param database gives a connection of its own: it is held all the time
     * @param compare looks at what is live
     */
    PeerWatch(DataSource database, Runnable compare) {
        this.database = database;
        this.compare = compare;
    }

    @Override
    public void run() {
        while (!closed) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen feedhub_flows");
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    log.warn("edits made elsewhere cannot be seen, trying again: {}", e.getMessage());
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
            compare.run();
            postgres.getNotifications((int) AT_LEAST.toMillis());
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
