package io.feedhub.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.feedhub.TestDatabase;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import io.feedhub.nodes.Node;
import io.feedhub.sandbox.StandIns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What a delivery costs, with Discord's limits off, against one insert and one update each. Figures, not a verdict. */
@Tag("bench")
class DeliveryBench {
    private static final int MESSAGES = 9_000;
    private static final int ROUNDS = 5;
    private static final String PAYLOAD = "{\"embeds\": [{\"title\": \"gateway is down\", \"color\": 1}]}";

    private final AtomicLong statements = new AtomicLong();
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(new Counting(pool()));
    private final Ledger ledger = new Ledger(sql);
    private final StandIns outside = new StandIns(Clock.systemUTC(), 0);

    @Test
    void messagesASecondAndRoundTripsEach() throws Exception {
        Dispatch dispatch = new Dispatch(sql, new Node("bench", List.of()), channels());
        dispatch.open(StandIns.CHANNELS);
        measure("one insert and one update each", this::insertAndUpdate);
        measure("ledger, one message in a transaction, no HTTP", n -> throughTheLedger(dispatch, n, 1));
        measure("ledger, 100 messages in a transaction, no HTTP", n -> throughTheLedger(dispatch, n, 100));
        Courier courier = courier(dispatch);
        Thread thread = new Thread(courier, "courier");
        thread.start();
        measure("ledger, 100 in a transaction, each sent over HTTP to a stand-in", n -> {
            write(n, 100);
            courier.wake();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> waiting() == 0);
        });
        courier.stop();
        thread.join();
        outside.close();
    }

    private void insertAndUpdate(int messages) {
        for (int n = 0; n < messages; n++) {
            long id = sql.sql(
                            "insert into feedhub.outgoing (flow, channel, payload) values ('f', ?, ?::jsonb) returning id")
                    .params(channel(n), PAYLOAD)
                    .query(Long.class)
                    .single();
            sql.sql("update feedhub.outgoing set state = 'delivered', message_id = 'm', ended_at = now() where id = ?")
                    .param(id)
                    .update();
        }
    }

    private void throughTheLedger(Dispatch dispatch, int messages, int together) {
        write(messages, together);
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

    private void write(int messages, int together) {
        List<Outgoing> transaction = new ArrayList<>();
        for (int n = 0; n < messages; n++) {
            transaction.add(new Outgoing("f", null, null, channel(n), PAYLOAD, false, 200));
            if (transaction.size() == together) {
                ledger.write(transaction);
                transaction.clear();
            }
        }
        ledger.write(transaction);
    }

    private void measure(String what, IntConsumer work) {
        work.accept(MESSAGES / 10); // warm
        double[] rates = new double[ROUNDS];
        statements.set(0);
        for (int round = 0; round < ROUNDS; round++) {
            sql.sql("truncate feedhub.outgoing cascade").update();
            long begun = System.nanoTime();
            work.accept(MESSAGES);
            rates[round] = MESSAGES / ((System.nanoTime() - begun) / 1e9);
        }
        Arrays.sort(rates);
        System.out.printf(
                "%-66s %6.0f messages/s, %.2f round trips each%n",
                what, rates[ROUNDS / 2], (statements.get() - ROUNDS) / (double) (ROUNDS * MESSAGES));
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

    private Courier courier(Dispatch dispatch) {
        ObjectMapper json = new ObjectMapper();
        Queues queues = new Queues(sql, channels(), ledger, new Embeds(json));
        return new Courier(
                channels(),
                dispatch,
                queues,
                new Postman(channels(), new Discord(json), new Letter(json), Clock.systemUTC()),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
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
        pool.setMaximumPoolSize(4);
        return pool;
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
