package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** However many keys there are, each question is answered from an index: the server counts no scan of the table. */
class ManySeenKeysTest {
    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(TestDatabase.migrated().url(), "postgres", "", true);
    private final JdbcClient database = JdbcClient.create(connection);
    private final SeenKeys seen = new SeenKeys(database, new SeenTable(database));
    private final RunTransaction transaction = new RunTransaction(new JdbcTransactionManager(connection), database);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @AfterEach
    void close() {
        transaction.destroy();
        connection.destroy();
    }

    @Test
    void twentyThousand() throws Exception {
        askOf(20_000);
    }

    @Test
    @Tag("proof")
    void aMillion() throws Exception {
        askOf(1_000_000);
    }

    private void askOf(int keys) throws Exception {
        database.sql(
                        """
                insert into feedhub.seen (flow, key, claim, seen_at)
                select 'flow_' || n % 64, 'key-' || n, 'x', now() - n % 390 * interval '1 day'
                from generate_series(1, ?) n""")
                .param(keys)
                .update();
        database.sql("analyze feedhub.seen").update();
        exchange.setProperty("feedhub.flow", "flow_7");
        Set<String> list =
                IntStream.range(0, 100).mapToObj(n -> "key-" + (7 + 32 * n)).collect(Collectors.toSet());
        long before = scans();
        long begun = System.nanoTime();
        assertThat(seen.unseen("flow_7", list)).hasSize(50);
        transaction.run(exchange, inside -> {
            assertThat(seen.claim(inside, list)).hasSize(50);
            assertThat(seen.add(inside, "key-new")).isTrue();
            assertThat(seen.contains(inside, "key-new")).isTrue();
        });
        assertThat(exchange.getException()).isNull();
        RetentionSettings keeping =
                new RetentionSettings(Duration.ofDays(400), Map.of("flow_7", Duration.ofDays(380)), Duration.ofDays(1));
        assertThat(new Retention(database, keeping).forget()).isPositive();
        System.out.printf("%,d keys: %.1f ms for all questions%n", keys, (System.nanoTime() - begun) / 1e6);
        assertThat(scans() - before).as("scans of the whole table").isZero();
    }

    private long scans() {
        database.sql("select pg_stat_force_next_flush()").query(row -> {});
        database.sql("select pg_stat_clear_snapshot()").query(row -> {});
        return database.sql(
                        "select seq_scan from pg_stat_user_tables where schemaname = 'feedhub' and relname = 'seen'")
                .query(Long.class)
                .single();
    }
}
