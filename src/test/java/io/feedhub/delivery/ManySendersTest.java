package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Senders that take at the same time, each on a connection of its own: in a channel one of them sends, and in order. */
class ManySendersTest {
    private static final DataSource SOURCE = TestDatabase.migrated().dataSource();
    private static final JdbcClient DATABASE = JdbcClient.create(SOURCE);

    private final Ledger ledger = new Ledger(DATABASE);
    private final Dispatch a = on("a");
    private final Dispatch b = on("b");
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(SOURCE));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        DATABASE.sql("truncate feedhub.outgoing, feedhub.channel cascade").update();
        a.open(List.of("infra"));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** b has found the channel free, and has not taken yet, when a takes and commits. */
    @Test
    void whoLookedBeforeAnotherTookDoesNotOvertakeIt() throws Exception {
        write(3);
        String function = looksUnderALock();
        try {
            Future<List<Envelope>> late = transaction.execute(status -> {
                DATABASE.sql("select pg_advisory_xact_lock(40)").query(row -> {});
                Future<List<Envelope>> looking = threads.submit(() -> take(b, 3));
                await("wait_event = 'advisory'");
                assertThat(numbers(take(a, 1))).containsExactly(0);
                return looking;
            });
            assertThat(numbers(late.get())).as("b, while a sends").isEmpty();
        } finally {
            DATABASE.sql(function).update();
        }
    }

    @Test
    void whileOneTakesAnotherNeitherWaitsNorOvertakes() throws Exception {
        write(3);
        boolean[] waits = {true};
        Future<List<Envelope>> second = transaction.execute(status -> {
            assertThat(numbers(take(a, 1))).containsExactly(0);
            Future<List<Envelope>> taking = threads.submit(() -> take(b, 3));
            Awaitility.await().until(() -> taking.isDone() || isWaiting("wait_event_type = 'Lock'"));
            waits[0] = !taking.isDone();
            return taking;
        });
        assertThat(numbers(second.get())).as("b, while a takes").isEmpty();
        assertThat(waits[0]).as("b waits for a").isFalse();
    }

    /** c finds a's hold run out as b does, and comes to end it when b has ended it and sends already. */
    @Test
    void aHoldIsNotEndedUnderWhoHasTakenTheChannelSince() throws Exception {
        write(1);
        take(a, 1);
        DATABASE.sql("update feedhub.channel set busy_until = now() - interval '1 second'")
                .update();
        Channels repeating = new Channels(
                Map.of("infra", new Channel("http://127.0.0.1:1/w", Guarantee.AT_LEAST_ONCE)), Duration.ofDays(90));
        Dispatch second = new Dispatch(DATABASE, "b", repeating);
        Dispatch third = new Dispatch(DATABASE, "c", repeating);
        Future<List<Dispatch.Closed>> late = transaction.execute(status -> {
            assertThat(second.closeAbandoned()).hasSize(1);
            assertThat(numbers(take(second, 1))).containsExactly(0);
            Future<List<Dispatch.Closed>> closing = threads.submit(third::closeAbandoned);
            Awaitility.await().until(() -> closing.isDone() || isWaiting("wait_event_type = 'Lock'"));
            return closing;
        });
        assertThat(late.get()).as("ended by c, while b sends it").isEmpty();
        assertThat(numbers(take(third, 1))).isEmpty();
    }

    @Test
    void whatAPersonRetriesWaitsUntilTheSendUnderWayHasEnded() {
        write(2);
        Envelope first = take(a, 1).get(0);
        a.record(List.of(round(first, new Answer(Kind.REFUSED, 400, null, "a reason", Answer.Limits.NONE))));
        Envelope second = take(a, 1).get(0);
        assertThat(ledger.retry(first.first().id())).isTrue();
        assertThat(numbers(take(b, 2))).as("b, while a sends").isEmpty();
        a.record(List.of(round(second, delivered())));
        assertThat(numbers(take(b, 2))).containsExactly(0);
    }

    @Test
    void eachMessageIsTakenOnceAndInOrder() throws Exception {
        int messages = 60;
        write(messages);
        List<Integer> order = new ArrayList<>();
        Callable<Void> sender = () -> {
            Dispatch mine = on("n" + Thread.currentThread().getId());
            while (waiting() > 0) {
                for (Envelope envelope : take(mine, 1)) {
                    synchronized (order) {
                        order.addAll(numbers(List.of(envelope)));
                    }
                    mine.record(List.of(round(envelope, delivered())));
                }
            }
            return null;
        };
        for (Future<Void> end : threads.invokeAll(List.of(sender, sender, sender, sender))) {
            end.get();
        }
        assertThat(order).isEqualTo(IntStream.range(0, messages).boxed().toList());
    }

    /**
     * Whoever asks when a channel may send stops there while another holds the lock.
     *
     * @return the statement by which it is as before
     */
    private static String looksUnderALock() {
        String before = DATABASE.sql("select pg_get_functiondef('feedhub.may_send_at'::regproc)")
                .query(String.class)
                .single();
        DATABASE.sql(
                        """
                create or replace function feedhub.may_send_at(c feedhub.channel) returns timestamptz
                language plpgsql as $$
                begin
                  perform pg_advisory_xact_lock_shared(40);
                  return c.not_before;
                end $$""")
                .update();
        return before;
    }

    private static void await(String what) {
        Awaitility.await().until(() -> isWaiting(what));
    }

    private static boolean isWaiting(String what) {
        return JdbcClient.create(SOURCE)
                .sql("select exists (select from pg_stat_activity where datname = current_database() and " + what + ")")
                .query(Boolean.class)
                .single();
    }

    private static long waiting() {
        return DATABASE.sql("select count(*) from feedhub.outgoing where state <> 'delivered'")
                .query(Long.class)
                .single();
    }

    private void write(int messages) {
        ledger.write(IntStream.range(0, messages)
                .mapToObj(n -> LedgerTest.message("infra", n))
                .toList());
    }

    private static List<Envelope> take(Dispatch node, int posts) {
        return node.take(Map.of("infra", posts));
    }

    private static List<Integer> numbers(List<Envelope> taken) {
        return taken.stream()
                .flatMap(envelope -> envelope.messages().stream())
                .map(message -> Integer.valueOf(message.payload().replaceAll("\\D", "")))
                .toList();
    }

    private static Round round(Envelope envelope, Answer answer) {
        return new Round("infra", List.of(Sent.of(envelope, answer, false)), List.of(), Duration.ofMillis(1));
    }

    private static Answer delivered() {
        return new Answer(Kind.DELIVERED, 200, "m", null, Answer.Limits.NONE);
    }

    private static Dispatch on(String node) {
        return new Dispatch(DATABASE, node, new Channels(Map.of(), Duration.ofDays(90)));
    }
}
