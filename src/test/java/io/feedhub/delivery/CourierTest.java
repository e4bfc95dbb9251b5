package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class CourierTest {
    private static final TestDatabase STORE = TestDatabase.migrated();
    private static final JdbcClient DATABASE = JdbcClient.create(STORE.dataSource());

    private final ObjectMapper json = new ObjectMapper();
    private final Channels channels = new Channels(
            Map.of("infra", new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
    private final Ledger ledger = new Ledger(DATABASE);

    @Test
    void anErrorEndsNeitherTheLoopNorAChannel() throws Exception {
        Dispatch dispatch = new Dispatch(DATABASE, "a", channels);
        dispatch.open(List.of("infra"));
        Queues queues =
                new Queues(DATABASE, channels, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Runnable outOfMemory = () -> {
            throw new OutOfMemoryError("for a test");
        };
        Postman postman =
                new Postman(channels, new Discord(json), new Letter(new Json(json)), new BrokenOnce(outOfMemory));
        Courier courier = new Courier(
                channels, dispatch, queues, postman, new SimpleMeterRegistry(), new BrokenOnce(outOfMemory));
        Thread loop = new Thread(courier, "courier");
        loop.start();
        try {
            ledger.write(List.of(LedgerTest.message("infra", 1)));
            await(MessageState.UNKNOWN);
            ledger.write(List.of(LedgerTest.message("infra", 2)));
            Awaitility.await().until(() -> ledger.newest(MessageState.QUEUED, "infra", Long.MAX_VALUE, 1).stream()
                    .anyMatch(second -> "Discord is not reached".equals(second.error())));
        } finally {
            courier.stop();
            loop.join(10_000);
        }
        assertThat(loop.isAlive()).as("it waits for no send").isFalse();
    }

    /** As "the ledger does not answer", without a trace, it would be looked for in the wrong place. */
    @Test
    void aFaultThatIsNotTheDatabasesIsLoggedWithItsTrace() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Courier.class);
        logger.addAppender(log);
        Dispatch dispatch = new Dispatch(DATABASE, "a", channels);
        Queues queues =
                new Queues(DATABASE, channels, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(channels, new Discord(json), new Letter(new Json(json)), Clock.systemUTC());
        Clock broken = new BrokenOnce(() -> {
            throw new IllegalStateException("for a test");
        });
        Courier courier = new Courier(channels, dispatch, queues, postman, new SimpleMeterRegistry(), broken);
        Thread loop = new Thread(courier, "courier");
        loop.start();
        try {
            Awaitility.await().untilAsserted(() -> assertThat(List.copyOf(log.list))
                    .anyMatch(event -> event.getLevel() == Level.ERROR && event.getThrowableProxy() != null));
        } finally {
            courier.stop();
            loop.join(10_000);
            logger.detachAppender(log);
        }
    }

    @Test
    void anAnswerThatTheDatabaseRefusesIsUnknownAndTheOtherChannelsGoOn() throws Exception {
        DATABASE.sql(
                        """
                alter table feedhub.outgoing add constraint odd
                check (channel <> 'odd' or error <> 'Discord is not reached')""")
                .update();
        Channel unreached = new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE);
        Channels two = new Channels(Map.of("odd", unreached, "ops", unreached), Duration.ofDays(90));
        Dispatch dispatch = new Dispatch(DATABASE, "a", two);
        dispatch.open(List.of("odd", "ops"));
        Queues queues = new Queues(DATABASE, two, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(two, new Discord(json), new Letter(new Json(json)), Clock.systemUTC());
        Courier courier = new Courier(two, dispatch, queues, postman, new SimpleMeterRegistry(), Clock.systemUTC());
        ledger.write(List.of(LedgerTest.message("odd", 1), LedgerTest.message("ops", 2)));
        Thread loop = new Thread(courier, "courier");
        loop.start();
        try {
            Awaitility.await().untilAsserted(() -> assertThat(error(MessageState.UNKNOWN, "odd"))
                    .containsExactly("sent, but the answer was lost"));
            Awaitility.await().untilAsserted(() -> assertThat(error(MessageState.QUEUED, "ops"))
                    .containsExactly("Discord is not reached"));
        } finally {
            courier.stop();
            loop.join(10_000);
            DATABASE.sql("alter table feedhub.outgoing drop constraint odd").update();
        }
        assertThat(loop.isAlive()).isFalse();
    }

    @Test
    void aSendThatTheNodesOwnEndInterruptedIsCounted() {
        Channels cut = new Channels(
                Map.of("cut", new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
        Dispatch dispatch = new Dispatch(DATABASE, "cut-node", cut);
        dispatch.open(List.of("cut"));
        ledger.write(List.of(LedgerTest.message("cut", 1)));
        assertThat(dispatch.take(Map.of("cut", 1))).hasSize(1);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Queues queues = new Queues(DATABASE, cut, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(cut, new Discord(json), new Letter(new Json(json)), Clock.systemUTC());
        new Courier(cut, dispatch, queues, postman, meters, Clock.systemUTC()).prepare();
        assertThat(meters.counter("feedhub.deliveries", "channel", "cut", "result", "unknown")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aLedgerThatDoesNotAnswerWhileTheHubStartsIsWaitedFor() throws Exception {
        Channels late = new Channels(
                Map.of("late", new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
        Dispatch dispatch = new Dispatch(DATABASE, "a", late);
        Queues queues =
                new Queues(DATABASE, late, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(late, new Discord(json), new Letter(new Json(json)), Clock.systemUTC());
        Courier courier = new Courier(late, dispatch, queues, postman, new SimpleMeterRegistry(), Clock.systemUTC());
        Thread loop = new Thread(courier, "courier");
        DATABASE.sql("alter table feedhub.channel rename to away").update();
        try {
            courier.prepare();
        } finally {
            DATABASE.sql("alter table feedhub.away rename to channel").update();
        }
        ledger.write(List.of(LedgerTest.message("late", 1)));
        loop.start();
        try {
            Awaitility.await().untilAsserted(() -> assertThat(error(MessageState.QUEUED, "late"))
                    .containsExactly("Discord is not reached"));
        } finally {
            courier.stop();
            loop.join(10_000);
        }
    }

    /** It would find it by itself as well, but only when it looks. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageIsSentAsSoonAsItIsWritten(boolean inTransaction) throws Exception {
        String name = "soon-" + inTransaction;
        Channels soon = new Channels(
                Map.of(name, new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
        Dispatch dispatch = new Dispatch(DATABASE, "a", soon);
        dispatch.open(List.of(name));
        Queues queues =
                new Queues(DATABASE, soon, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(soon, new Discord(json), new Letter(new Json(json)), Clock.systemUTC());
        Courier courier = new Courier(
                soon, dispatch, queues, postman, new SimpleMeterRegistry(), Clock.systemUTC(), Duration.ofHours(1));
        Outbox outbox = new Outbox(soon, ledger, courier);
        Runnable write = () -> outbox.put(List.of(LedgerTest.message(name, 1)));
        Thread loop = new Thread(courier, "courier");
        loop.start();
        try {
            Awaitility.await("it has looked").until(() -> loop.getState() == Thread.State.TIMED_WAITING);
            if (inTransaction) {
                new TransactionTemplate(new DataSourceTransactionManager(STORE.dataSource()))
                        .executeWithoutResult(status -> write.run());
            } else {
                write.run();
            }
            Awaitility.await().untilAsserted(() -> assertThat(error(MessageState.QUEUED, name))
                    .containsExactly("Discord is not reached"));
        } finally {
            courier.stop();
            loop.join(10_000);
        }
    }

    private List<String> error(MessageState state, String channel) {
        return ledger.newest(state, channel, Long.MAX_VALUE, 1).stream()
                .map(delivery -> String.valueOf(delivery.error()))
                .toList();
    }

    private void await(MessageState state) {
        Awaitility.await()
                .until(() -> !ledger.newest(state, "infra", Long.MAX_VALUE, 1).isEmpty());
    }

    /** A clock that fails when it is first looked at. */
    private static final class BrokenOnce extends Clock {
        private final AtomicBoolean broken = new AtomicBoolean();
        private final Runnable fault;

        BrokenOnce(Runnable fault) {
            this.fault = fault;
        }

        @Override
        public Instant instant() {
            if (broken.compareAndSet(false, true)) {
                fault.run();
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
