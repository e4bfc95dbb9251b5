package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.support.DefaultExchange;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Once-only claims per second, beside Camel's JdbcMessageIdRepository, on a PostgreSQL that syncs; and what the server
 * counted. Then what becomes of the stock repository in a race. Figures, not a verdict.
 */
@Tag("bench")
class ClaimBench {
    private static final int RUNS = 5;

    private final List<String> report = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void claimsPerSecond() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                HikariDataSource pool = pool(server.getJdbcUrl("postgres", "postgres"))) {
            migrate(pool);
            Bench bench = new Bench(pool);
            List<Field> fields = List.of(new Field(bench, 1), new Field(bench, 8));
            for (int run = 0; run <= RUNS; run++) { // in turns, so that all have the same weather; the first warms up
                for (Field field : fields) {
                    field.run(bench, run);
                }
            }
            fields.forEach(field -> report.addAll(field.report()));
            race(server);
        }
        Files.writeString(Path.of("target/claim-bench.txt"), String.join("\n", report) + "\n");
        assertThat(report).isNotEmpty();
    }

    /** Three processes with the stock repository and the same 3,000 items: what goes wrong, and what is there twice. */
    private void race(EmbeddedPostgres server) throws IOException, InterruptedException {
        JdbcClient database = JdbcClient.create(server.getPostgresDatabase());
        for (String key : new String[] {"", ", primary key (processorName, messageId)"}) {
            database.sql("drop table if exists effect, camel_messageprocessed").update();
            database.sql("truncate feedhub.outgoing cascade").update();
            database.sql("create table effect (key text)").update();
            database.sql(
                            "create table camel_messageprocessed (processorName varchar(255), messageId varchar(100), createdAt timestamp"
                                    + key + ")")
                    .update();
            Path output = Files.createTempFile(folder, "stock", ".log");
            List<Process> racers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                racers.add(Racer.start(server.getJdbcUrl("postgres", "postgres"), "stock", 3_000, 1, output));
            }
            for (Process racer : racers) {
                racer.waitFor();
            }
            long errors = Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith("ERROR"))
                    .count();
            report.add(String.format(
                    Locale.ROOT,
                    "stock, raced by 3 processes%s: %d items, %d rows, %d failed items",
                    key.isEmpty() ? ", its own table" : ", with a primary key",
                    Racer.distinct(3_000),
                    database.sql("select count(*) from effect")
                            .query(Long.class)
                            .single(),
                    errors));
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    private static void migrate(HikariDataSource pool) {
        JdbcClient.create(pool).sql("create extension pg_stat_statements").update();
        Flyway.configure()
                .dataSource(pool)
                .defaultSchema("feedhub")
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** The contests with one number of threads. */
    private static final class Field {
        private final Contest stock;
        private final List<Contest> alone;
        private final Contest row;
        private final Contest rowInTransaction;
        private final Contest stockWithRow;
        private final Contest seenWithRow;

        Field(Bench bench, int threads) {
            stock = new Contest("stock", threads, bench::stock, 1);
            alone = List.of(
                    stock,
                    new Contest("#seen, one transaction each", threads, bench::single, 1),
                    new Contest("claim-action, 100 at a time", threads, bench::many, 100),
                    new Contest("claim-action, 1000 at a time", threads, bench::many, 1_000));
            row = new Contest("the item's row, no claim", threads, bench::row, 1);
            rowInTransaction = new Contest("the same in a transaction", threads, bench::rowInTransaction, 1);
            stockWithRow = new Contest("stock, and the item's row", threads, bench::stockWithRow, 1);
            seenWithRow = new Contest("#seen, and the item's row", threads, bench::seenWithRow, 1);
        }

        void run(Bench bench, int run) throws Exception {
            for (Contest contest : alone) {
                contest.run(bench, run);
            }
            for (Contest contest : List.of(row, rowInTransaction, stockWithRow, seenWithRow)) {
                contest.run(bench, run);
            }
        }

        List<String> report() {
            List<String> report = new ArrayList<>();
            alone.forEach(contest -> report.add(contest.report(stock)));
            List.of(row, rowInTransaction, stockWithRow, seenWithRow)
                    .forEach(contest -> report.add(contest.report(stockWithRow)));
            report.add(String.format(
                    Locale.ROOT,
                    "what once-only adds to an item: stock %.0f us, #seen %.0f us",
                    stockWithRow.micros() - row.micros(),
                    seenWithRow.micros() - rowInTransaction.micros()));
            return report;
        }
    }

    /** One way to claim, and how fast it was. */
    private static final class Contest {
        private final String name;
        private final int threads;
        private final Bench.Way way;
        private final int size;
        private final List<Double> rates = new ArrayList<>();
        private double statements;

        Contest(String name, int threads, Bench.Way way, int size) {
            this.name = name;
            this.threads = threads;
            this.way = way;
            this.size = size;
        }

        void run(Bench bench, int run) throws Exception {
            int claims = size == 1 ? 2_000 : 40_000;
            bench.empty();
            long begun = System.nanoTime();
            bench.claim(threads, way, size, claims, "run" + run);
            double seconds = (System.nanoTime() - begun) / 1e9;
            statements = (double) bench.statements() / claims;
            if (run > 0) {
                rates.add(claims / seconds);
            }
        }

        String report(Contest stock) {
            return String.format(
                    Locale.ROOT,
                    "%-30s %d threads %9.0f claims/s (%.0f to %.0f), %.1f times stock; %.3f statements a claim",
                    name,
                    threads,
                    median(),
                    Collections.min(rates),
                    Collections.max(rates),
                    median() / stock.median(),
                    statements);
        }

        double micros() {
            return 1e6 / median();
        }

        private double median() {
            return rates.stream().sorted().toList().get(rates.size() / 2);
        }
    }

    /** The ways to claim, over one pool. */
    private static final class Bench {
        private final JdbcClient database;
        private final RunTransaction transaction;
        private final SeenKeys seen;
        private final JdbcMessageIdRepository stock;
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final Set<String> known = ConcurrentHashMap.newKeySet();

        Bench(HikariDataSource pool) {
            JdbcTransactionManager transactions = new JdbcTransactionManager(pool);
            database = JdbcClient.create(pool);
            transaction = new RunTransaction(transactions, database);
            seen = new SeenKeys(database, new SeenTable(database));
            stock = new JdbcMessageIdRepository(pool, new TransactionTemplate(transactions), "bench");
            stock.start(); // creates its table
            database.sql("create table effect (key text)").update();
        }

        interface Way {
            void claim(List<String> keys) throws InterruptedException;
        }

        void stock(List<String> keys) {
            keys.forEach(key -> {
                stock.add(key);
                stock.confirm(key);
            });
        }

        void single(List<String> keys) throws InterruptedException {
            for (String key : keys) {
                in(exchange -> seen.add(exchange, key));
            }
        }

        /** As a route of stock Camel does it: the key commits by itself, and so does the row. */
        void stockWithRow(List<String> keys) {
            keys.forEach(key -> {
                if (stock.add(key)) {
                    write(key);
                    stock.confirm(key);
                }
            });
        }

        void seenWithRow(List<String> keys) throws InterruptedException {
            for (String key : keys) {
                in(exchange -> {
                    if (seen.add(exchange, key)) {
                        write(key);
                    }
                });
            }
        }

        /** What an item costs where once-only costs nothing. */
        void row(List<String> keys) {
            keys.stream().filter(known::add).forEach(this::write);
        }

        void rowInTransaction(List<String> keys) throws InterruptedException {
            for (String key : keys) {
                in(exchange -> row(List.of(key)));
            }
        }

        private void write(String key) {
            database.sql("insert into effect (key) values (?)").param(key).update();
        }

        void many(List<String> keys) throws InterruptedException {
            in(exchange -> seen.claim(exchange, keys));
        }

        private void in(Processor steps) throws InterruptedException {
            Exchange exchange = new DefaultExchange(context);
            exchange.setProperty("feedhub.flow", "bench");
            transaction.run(exchange, steps);
            assertThat(exchange.getException()).isNull();
        }

        /** A fifth of the keys come twice. */
        void claim(int threads, Way way, int size, int claims, String run) throws Exception {
            List<List<String>> lists = new ArrayList<>();
            for (int from = 0; from < claims; from += size) {
                List<String> keys = new ArrayList<>();
                for (int i = from; i < from + size; i++) {
                    keys.add(run + "-" + i % (claims * 4 / 5));
                }
                lists.add(keys);
            }
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            Collection<Callable<Void>> work = new ArrayList<>();
            lists.forEach(keys -> work.add(() -> {
                way.claim(keys);
                return null;
            }));
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
            pool.shutdown();
        }

        void empty() {
            known.clear();
            database.sql("truncate feedhub.seen, camel_messageprocessed, effect")
                    .update();
            database.sql("select pg_stat_statements_reset()").query(row -> {});
        }

        /** What the server counted in the last run, without begin and commit. */
        long statements() {
            return database.sql(
                            """
                    select coalesce(sum(calls), 0)::bigint from pg_stat_statements
                    where query not ilike '%pg_stat%' and query !~* '^(begin|commit|truncate)'""")
                    .query(Long.class)
                    .single();
        }
    }
}
