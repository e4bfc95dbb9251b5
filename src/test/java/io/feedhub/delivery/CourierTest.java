package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import io.feedhub.nodes.Node;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CourierTest {
    private static final JdbcClient DATABASE =
            JdbcClient.create(TestDatabase.migrated().dataSource());

    private final ObjectMapper json = new ObjectMapper();
    private final Channels channels = new Channels(
            Map.of("infra", new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
    private final Ledger ledger = new Ledger(DATABASE);

    @Test
    void anErrorEndsNeitherTheLoopNorAChannel() throws Exception {
        Dispatch dispatch = new Dispatch(DATABASE, new Node("a", List.of()), channels);
        dispatch.open(List.of("infra"));
        Queues queues = new Queues(DATABASE, channels, ledger, new Embeds(json));
        Postman postman = new Postman(channels, new Discord(json), new Letter(json), new BrokenOnce());
        Courier courier = new Courier(channels, dispatch, queues, postman, new SimpleMeterRegistry(), new BrokenOnce());
        Thread loop = new Thread(courier, "courier");
        loop.start();
        try {
            ledger.write(List.of(LedgerTest.message("infra", 1)));
            await("unknown");
            ledger.write(List.of(LedgerTest.message("infra", 2)));
            Awaitility.await().until(() -> ledger.newest("queued", "infra", Long.MAX_VALUE, 1).stream()
                    .anyMatch(second -> "Discord is not reached".equals(second.error())));
        } finally {
            courier.stop();
            loop.join(10_000);
        }
        assertThat(loop.isAlive()).as("it waits for no send").isFalse();
    }

    private void await(String state) {
        Awaitility.await()
                .until(() -> !ledger.newest(state, "infra", Long.MAX_VALUE, 1).isEmpty());
    }

    /** A clock that throws an error when it is first looked at. */
    private static final class BrokenOnce extends Clock {
        private final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public Instant instant() {
            if (broken.compareAndSet(false, true)) {
                throw new OutOfMemoryError("for a test");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
