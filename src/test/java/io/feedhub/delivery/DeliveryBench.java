package io.feedhub.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import io.feedhub.sandbox.StandIns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a delivery costs with Discord's limits off, against a peer that makes one insert, the same POST and one update for each
 * message. The rounds of all contenders take turns, so that a machine that grows slower does so for all. Figures, not a verdict.
 */
@Tag("bench")
class DeliveryBench {
    private static final int MESSAGES = 4_500;
    private static final int ROUNDS = 5;
    private static final String PAYLOAD = "{\"embeds\": [{\"title\": \"gateway is down\", \"color\": 1}]}";

    private final AtomicLong statements = new AtomicLong();
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(new Counting(pool()));
    private final Ledger ledger = new Ledger(sql);
    private final ObjectMapper json = new ObjectMapper();
    private final Discord discord = new Discord(json);
    private final Letter letters = new Letter(new Json(json));
    private final StandIns outside = new StandIns(Clock.systemUTC(), 0);
    private final Channels channels = channels();
    private final Dispatch dispatch = new Dispatch(sql, "bench", channels);

    private final List<Contender> contenders = List.of(
            new Contender("insert and update", messages -> all(channel(0), messages, this::insertAndUpdate)),
            new Contender("the ledger, one in a transaction", messages -> throughTheLedger(messages, 1)),
            new Contender("the ledger, 100 in a transaction", messages -> throughTheLedger(messages, 100)),
            new Contender("insert, POST and update, one thread", messages -> all(channel(0), messages, this::deliver)),
            new Contender("insert, POST and update, a thread for each channel", this::deliverSideBySide),
            new Contender(
                    "the ledger and its courier, one in a transaction", messages -> throughTheCourier(messages, 1)),
            new Contender(
                    "the ledger and its courier, 100 in a transaction", messages -> throughTheCourier(messages, 100)));

    @Test
    void messagesASecondAndRoundTripsEach() {
        dispatch.open(StandIns.CHANNELS);
        contenders.forEach(contender -> contender.work.accept(MESSAGES / 5)); // warm
        for (int round = 0; round < ROUNDS; round++) {
            contenders.forEach(this::run);
        }
        contenders.forEach(contender -> System.out.printf(
                "%-52s %6.0f messages/s (%.0f to %.0f), %.2f round trips each%n",
                contender.name,
                contender.median(),
                contender.rates.get(0),
                contender.rates.get(ROUNDS - 1),
                contender.statements / (double) (ROUNDS * MESSAGES)));
        double peer = contenders.get(4).median();
        System.out.printf(
                "against the peer with a thread for each channel: %.2f with one in a transaction, %.2f with 100%n",
                contenders.get(5).median() / peer, contenders.get(6).median() / peer);
        outside.close();
    }

    private void run(Contender contender) {
        sql.sql("truncate feedhub.outgoing cascade").update();
        statements.set(0);
        long begun = System.nanoTime();
        contender.work.accept(MESSAGES);
        contender.rates.add(MESSAGES / ((System.nanoTime() - begun) / 1e9));
        contender.rates.sort(Double::compare);
        contender.statements += statements.get();
    }

    private void all(String channel, int messages, Consumer<String> each) {
        for (int n = 0; n < messages; n++) {
            each.accept(channel);
        }
    }

    private void insertAndUpdate(String channel) {
        update(insert(channel), "m");
    }

    private void deliver(String channel) {
        long id = insert(channel);
        Envelope envelope = new Envelope(channel, List.of(new Envelope.Message(id, PAYLOAD, "f · " + id, 1)));
        Answer answer = discord.send(channels.address(channel), letters.of(envelope), 1);
        update(id, String.valueOf(answer.messageId()));
    }

    private void deliverSideBySide(int messages) {
        ExecutorService threads = Executors.newFixedThreadPool(StandIns.CHANNELS.size());
        int each = messages / StandIns.CHANNELS.size();
        CompletableFuture<?>[] ends = StandIns.CHANNELS.stream()
                .map(channel -> CompletableFuture.runAsync(() -> all(channel, each, this::deliver), threads))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).join();
        threads.shutdown();
    }

    private long insert(String channel) {
        return sql.sql("insert into feedhub.outgoing (flow, channel, payload) values ('f', ?, ?::jsonb) returning id")
                .params(channel, PAYLOAD)
                .query(Long.class)
                .single();
    }

    private void update(long id, String messageId) {
        sql.sql("update feedhub.outgoing set state = 'delivered', message_id = ?, ended_at = now() where id = ?")
                .params(messageId, id)
                .update();
    }

    private void throughTheCourier(int messages, int together) {
        Queues queues = new Queues(sql, channels, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(channels, discord, letters, Clock.systemUTC());
        Courier courier =
                new Courier(channels, dispatch, queues, postman, new SimpleMeterRegistry(), Clock.systemUTC());
        Thread thread = new Thread(courier, "courier");
        thread.start();
        write(messages, together, courier::wake);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(2))
                .until(() -> waiting() == 0);
        courier.stop();
        join(thread);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void throughTheLedger(int messages, int together) {
        write(messages, together, () -> {});
        List<Envelope> taken = dispatch.take(most(1));
        while (!taken.isEmpty()) {
            Answer delivered = new Answer(Answer.Kind.DELIVERED, 200, "m", null, Answer.Limits.NONE);
            dispatch.record(taken.stream()
                    .map(envelope -> new Round(
                            envelope.channel(), List.of(Sent.of(envelope, delivered, false)), List.of(), Duration.ZERO))
                    .toList());
            taken = dispatch.take(most(1));
        }
    }

    /** @param written is called after each transaction, as the outbox does */
    private void write(int messages, int together, Runnable written) {
        List<Outgoing> transaction = new ArrayList<>();
        for (int n = 0; n < messages; n++) {
            transaction.add(new Outgoing("f", null, null, channel(n), PAYLOAD, false, 200));
            if (transaction.size() == together || n + 1 == messages) {
                ledger.write(transaction);
                written.run();
                transaction.clear();
            }
        }
    }

    private static Map<String, Integer> most(int posts) {
        return StandIns.CHANNELS.stream().collect(Collectors.toMap(name -> name, name -> posts));
    }

    private static String channel(int n) {
        return StandIns.CHANNELS.get(n % StandIns.CHANNELS.size());
    }

    private long waiting() {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from feedhub.outgoing where state in ('queued', 'sending')")
                .query(Long.class)
                .single();
    }

    private Channels channels() {
        Map<String, Channel> channels = new TreeMap<>();
        for (String name : StandIns.CHANNELS) {
            Object url = outside.properties().get("feedhub.discord.channels." + name + ".url");
            channels.put(name, new Channel(String.valueOf(url), Guarantee.AT_MOST_ONCE));
        }
        return new Channels(channels, Duration.ofDays(1));
    }

    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(StandIns.CHANNELS.size() + 2);
        return pool;
    }

    /** Who is measured: what is done for so many messages, and the rates of its rounds. */
    private static final class Contender {
        private final String name;
        private final IntConsumer work;
        private final List<Double> rates = new ArrayList<>();
        private long statements;

        Contender(String name, IntConsumer work) {
            this.name = name;
            this.work = work;
        }

        double median() {
            return rates.get(rates.size() / 2);
        }
    }

    /** Counts what is executed: in autocommit each statement is one round trip. */
    private final class Counting extends DelegatingDataSource {
        Counting(HikariDataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws java.sql.SQLException {
            return counted(Connection.class, super.getConnection());
        }

        private <T> T counted(Class<T> type, Object target) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().startsWith("execute")) {
                            statements.incrementAndGet();
                        }
                        try {
                            Object result = method.invoke(target, arguments);
                            return result instanceof PreparedStatement prepared
                                    ? counted(PreparedStatement.class, prepared)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }));
        }
    }
}
