package io.feedhub.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class HandsTest {
    private static final int ERRORS = 9; // more than there are hands

    @Test
    void aHandThatMetAnErrorGoesOn() {
        Broken inbox = new Broken();
        CommandRunner hands = new CommandRunner(inbox, new Secrets(new StandardEnvironment()), Duration.ofMillis(5));
        hands.start();
        try {
            Awaitility.await().until(() -> inbox.looks.get() > ERRORS);
        } finally {
            hands.stop();
        }
    }

    /** Empty, and for its first looks there is no memory. */
    private static final class Broken extends Inbox {
        private final AtomicInteger looks = new AtomicInteger();

        Broken() {
            super(
                    JdbcClient.create(new DriverManagerDataSource()),
                    new NamedCommands(Map.of()),
                    new CommandRow(new ObjectMapper()),
                    event -> {},
                    new Node("here", List.of()));
        }

        @Override
        int closeAbandoned() {
            return 0;
        }

        @Override
        Optional<Taken> take() {
            if (looks.incrementAndGet() <= ERRORS) {
                throw new OutOfMemoryError("as a test has it");
            }
            return Optional.empty();
        }
    }
}
