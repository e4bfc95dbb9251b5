package io.feedhub.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.nodes.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.support.TransactionOperations;

class HandsTest {
    private static final int ERRORS = 9; // more than there are hands

    @Test
    void aHandThatMetAnErrorGoesOn() {
        Broken database = new Broken();
        Inbox inbox = new Inbox(
                JdbcClient.create(database),
                new NamedCommands(Map.of()),
                new CommandRow(new ObjectMapper()),
                event -> {},
                TransactionOperations.withoutTransaction(),
                new Node("here", List.of()));
        CommandRunner hands = new CommandRunner(inbox, new Secrets(new StandardEnvironment()), Duration.ofMillis(5));
        hands.start();
        try {
            Awaitility.await().until(() -> database.looks.get() > ERRORS);
        } finally {
            hands.stop();
        }
    }

    /** Away, and for its first looks there is no memory. */
    private static final class Broken extends AbstractDataSource {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Connection getConnection() throws SQLException {
            if (looks.incrementAndGet() <= ERRORS) {
                throw new OutOfMemoryError("as a test has it");
            }
            throw new SQLException("away");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
