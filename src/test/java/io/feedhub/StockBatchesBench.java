package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * What becomes of Camel's JdbcAggregationRepository, and of its clustered one, in the race of {@link DigestKillTest}: the same flow, hubs and
 * kills, with another bean for the batches, and
 * deliveries that take a second. The hub's own is measured beside them. Figures, not a verdict.
 */
@Tag("bench")
class StockBatchesBench {
    private static final int HUBS = 3;
    private static final int ITEMS = 2_000;
    private static final int KILLS = 3;
    private static final long SEED = 20261124;

    /** Longer than the stock repository's recovery interval, which is left at its 5 s. */
    private static final Duration QUIET = Duration.ofSeconds(12);

    private static final String BEANS =
            """
            - beans:
                - name: grouped
                  type: io.feedhub.StockBatchesBench$InBody
                - name: filler-batches
                  type: org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository
                  properties: { repositoryName: stock, dataSource: "#bean:dataSource", transactionManager: "#bean:transactionManager", useRecovery: true }
            """;

    /** Each node recovers what it completed itself. */
    private static final String CLUSTERED = BEANS.replace("jdbc.JdbcAgg", "jdbc.ClusteredJdbcAgg")
            .replace("useRecovery: true", "recoveryByInstance: true, instanceId: \"{{feedhub.node.name}}\"");

    private final List<String> report = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void whatIsLostAndWhatComesTwice() throws Exception {
        race("JdbcAggregationRepository", BEANS);
        race("ClusteredJdbcAggregationRepository", CLUSTERED);
        race("#filler-batches", DigestKillTest.BEANS);
    }

    private void race(String name, String beans) throws Exception {
        try (DigestRace race = new DigestRace(Files.createTempDirectory(folder, "race"), beans, ITEMS)) {
            JdbcClient sql = JdbcClient.create(race.dataSource());
            for (String table : List.of("stock", "stock_completed")) {
                sql.sql("create table " + table
                                + " (id varchar(255) primary key, exchange bytea not null, version bigint not null)")
                        .update();
            }
            sql.sql("alter table stock_completed add column instance_id varchar(255)")
                    .update(); // the clustered one's
            sql.sql("alter table delivered add column sent text default pg_sleep(0.02)::text")
                    .update(); // so the delivery of a batch takes a second, as one to a service may
            race.run(HUBS, KILLS, SEED);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .ignoreExceptions()
                    .until(() -> race.count("select count(*) from feedhub.seen") == ITEMS);
            AtomicReference<List<Long>> before = new AtomicReference<>(List.of());
            Awaitility.await().pollInterval(QUIET).atMost(Duration.ofMinutes(3)).until(() -> {
                List<Long> now = progress(race);
                return now.equals(before.getAndSet(now));
            });
            race.stop();
            report.add(name + ": " + figures(race));
            Files.writeString(Path.of("target/stock-batches-bench.txt"), String.join("\n", report) + "\n");
        }
    }

    private static List<Long> progress(DigestRace race) {
        return List.of(
                race.count("select count(*) from delivered"),
                race.count("select coalesce(sum(version), 0) from stock"),
                race.count("select count(*) from stock_completed"),
                race.count("select count(*) from feedhub.batch_completed"));
    }

    private static String figures(DigestRace race) throws IOException {
        Set<String> delivered = new HashSet<>(JdbcClient.create(race.dataSource())
                .sql("select item from delivered")
                .query(String.class)
                .list());
        Set<String> waiting = waiting(race);
        waiting.removeAll(delivered);
        assertThat(delivered).isNotEmpty();
        long twice =
                race.count("select count(*) from (select item from delivered group by item having count(*) > 1) twice");
        long errors =
                race.log().stream().filter(line -> line.contains(" ERROR ")).count();
        return String.format(
                Locale.ROOT,
                "%d items, %d lost, %d still wait, %d delivered twice or more; %d deliveries for %d items; %d errors in the log",
                ITEMS,
                ITEMS - delivered.size() - waiting.size(),
                waiting.size(),
                twice,
                race.count("select count(*) from delivered"),
                delivered.size(),
                errors);
    }

    /** The items in a batch that is not full, or not confirmed. */
    private static Set<String> waiting(DigestRace race) {
        JdbcAggregationRepository stock = new JdbcAggregationRepository(
                new JdbcTransactionManager(race.dataSource()), "stock", race.dataSource());
        stock.start();
        DefaultCamelContext context = new DefaultCamelContext();
        return Stream.concat(
                        stock.getKeys().stream().map(key -> stock.get(context, key)),
                        stock.scan(context).stream().map(id -> stock.recover(context, id)))
                .flatMap(batch -> InBody.items(batch).stream())
                .map(item -> String.valueOf(item.get("id")))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** {@code GroupedBodyAggregationStrategy} collects in a property, and the stock repository keeps the body alone. */
    public static final class InBody implements AggregationStrategy {
        @Override
        public Exchange aggregate(@Nullable Exchange batch, Exchange item) {
            Map<?, ?> columns = item.getMessage().getBody(Map.class);
            Map<String, Object> row = new HashMap<>(); // of a class that the repository may read
            columns.forEach((name, value) -> row.put(String.valueOf(name), value));
            if (batch == null) {
                item.getMessage().setBody(new ArrayList<>(List.of(row)));
                return item;
            }
            items(batch).add(row);
            return batch;
        }

        @SuppressWarnings("unchecked") // as set above
        private static List<Map<String, Object>> items(Exchange batch) {
            return batch.getMessage().getBody(List.class);
        }
    }
}
