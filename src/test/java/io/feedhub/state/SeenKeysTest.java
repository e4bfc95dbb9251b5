package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.feedhub.TestDatabase;
import io.feedhub.database.Storable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class SeenKeysTest {
    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final SeenKeys seen =
            new SeenKeys(JdbcClient.create(dataSource), new SeenTable(JdbcClient.create(dataSource)));
    private final RunTransaction transaction =
            new RunTransaction(new JdbcTransactionManager(dataSource), JdbcClient.create(dataSource));
    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        transaction.destroy();
    }

    @Test
    void aRacedKeyHasOneWinnerAndNoLoserFails() throws Exception {
        for (int key = 0; key < 50; key++) {
            String raced = "key" + key;
            assertThat(race(exchange -> seen.add(exchange, raced) ? 1 : 0)).isEqualTo(1);
        }
    }

    @Test
    void racingListsWithCommonKeysDoNotDeadlock() throws Exception {
        for (int list = 0; list < 20; list++) {
            List<String> keys = new ArrayList<>();
            for (int key = 0; key < 50; key++) {
                keys.add("list" + list + "key" + key);
            }
            assertThat(race(exchange -> {
                        List<String> shuffled = new ArrayList<>(keys);
                        Collections.shuffle(
                                shuffled, new Random(exchange.getExchangeId().hashCode()));
                        return seen.claim(exchange, shuffled).size();
                    }))
                    .isEqualTo(50);
        }
    }

    /** By statistics of an hour in which the flow knew few, a list would be compared with all that it knows now. */
    @Test
    void aListIsLookedUpKeyByKeyWhateverTheStatisticsSay() throws SQLException {
        JdbcClient.create(dataSource).sql("analyze feedhub.seen").update();
        JdbcClient.create(dataSource)
                .sql(
                        "insert into feedhub.seen (flow, key, claim) select 'f', 'key' || n, 'x' from generate_series(1, 5000) n")
                .update();
        try (Connection connection = dataSource.getConnection()) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            List<String> list =
                    IntStream.rangeClosed(4951, 5050).mapToObj(n -> "key" + n).toList();
            long before = rowsRead(session);
            assertThat(new SeenKeys(session, new SeenTable(session)).unseen("f", list))
                    .hasSize(50);
            assertThat(rowsRead(session) - before).isLessThanOrEqualTo(100);
        }
    }

    private static long rowsRead(JdbcClient session) {
        session.sql("select pg_stat_force_next_flush()").query(row -> {});
        return session.sql(
                        """
                        select (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables where relname = 'seen')
                             + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where relname = 'seen')""")
                .query(Long.class)
                .single();
    }

    @Test
    void aRolledBackItemIsNotSeen() throws InterruptedException {
        Exchange failing = of("f");
        transaction.run(failing, exchange -> {
            assertThat(seen.add(exchange, "k")).isTrue();
            throw new IllegalStateException("the item fails");
        });
        assertThat(failing.getException()).hasMessage("the item fails");
        assertThat(seen.contains(of("f"), "k")).isFalse();
        assertThat(add(of("f"), "k")).isTrue();
    }

    /** As Camel asks when a step fails after the commit, or when the commit's answer is lost. */
    @Test
    void aKeyThatIsCommittedIsNotTakenBack() throws InterruptedException {
        Exchange item = of("f");
        add(item, "k");
        assertThat(seen.remove(item, "k")).isFalse();
        assertThat(seen.contains(item, "k")).isTrue();
    }

    @Test
    void flowsAreKeptApart() throws InterruptedException {
        assertThat(add(of("f"), "k")).isTrue();
        assertThat(add(of("g"), "k")).isTrue();
        assertThat(seen.unseen("f", List.of("k", "l"))).containsExactly("l");
    }

    @Test
    void aKeyIsNotAddedWithoutATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> seen.add(of("f"), "k"))
                .withMessageContaining("one-transaction or in-batches");
    }

    @Test
    void aRunThatLostItsClaimAddsNothing() {
        JdbcClient database = JdbcClient.create(dataSource);
        long run = database.sql(
                        "insert into feedhub.occurrence (flow, scheduled_at, node, epoch) values ('f', now(), 'n', 2) returning id")
                .query(Long.class)
                .single();
        Exchange late = of("f");
        late.setProperty("feedhub.run", run);
        late.setProperty("feedhub.epoch", 1);
        assertThatThrownBy(() -> add(late, "k")).isInstanceOf(LostClaim.class).hasMessageContaining("lost its claim");
        assertThat(seen.contains(of("f"), "k")).isFalse();
    }

    /** PostgreSQL takes that character in no text, and JSON from outside may have it. */
    @Test
    void aKeyWithNulIsAKeyLikeAnother() throws InterruptedException {
        Exchange exchange = of("f");
        exchange.setVariable("seen.key", "id");
        exchange.getMessage().setBody(List.of(Map.of("id", "c"), Map.of("id", "a\0b"), Map.of("id", "d")));
        new Unseen(seen).process(exchange);
        assertThat(exchange.getMessage().getBody()).asInstanceOf(LIST).hasSize(3);
        exchange.setVariable("seen.key", "id");
        transaction.run(exchange, claiming -> new ClaimItems(seen).process(claiming));
        assertThat(exchange.getMessage().getBody()).asInstanceOf(LIST).hasSize(3);
        assertThat(seen.contains(of("f"), "a\0b")).isTrue();
        assertThat(Storable.json("{\"a\":\"\\u0000\\u0000 \\\\u0000 \\\\\\u0000\"}"))
                .isEqualTo("{\"a\":\"\uFFFD\uFFFD \\\\u0000 \\\\\uFFFD\"}");
    }

    private boolean add(Exchange exchange, String key) throws InterruptedException {
        transaction.run(exchange, adding -> adding.setVariable("added", seen.add(adding, key)));
        return exchange.getVariable("added", Boolean.class);
    }

    /** Eight at once; the sum of what they won. */
    private int race(Function<Exchange, Integer> claim) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> racers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                racers.add(() -> {
                    Exchange exchange = of("f");
                    transaction.run(exchange, racing -> racing.setVariable("won", claim.apply(racing)));
                    assertThat(exchange.getException()).isNull();
                    return exchange.getVariable("won", Integer.class);
                });
            }
            int won = 0;
            for (Future<Integer> racer : threads.invokeAll(racers)) {
                won += racer.get();
            }
            return won;
        } finally {
            threads.shutdown();
        }
    }

    private Exchange of(String flow) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("feedhub.flow", flow);
        return exchange;
    }
}
