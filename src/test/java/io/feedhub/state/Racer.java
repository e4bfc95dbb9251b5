package io.feedhub.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultExchange;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process that takes items from a list, eight at a time: in one transaction each it claims the item's key, writes a row
 * and a message. Several of them race for the same list; what one does not win, another has. Ends when it has asked for
 * every key; says on its output what went wrong.
 */
final class Racer {
    private static final int THREADS = 8;

    private Racer() {}

    /** The list: 30 % of its items are there twice. */
    static List<String> list(int attempts) {
        List<String> keys = new ArrayList<>();
        int distinct = distinct(attempts);
        for (int i = 0; i < attempts; i++) {
            keys.add("key" + i % distinct);
        }
        return keys;
    }

    static int distinct(int attempts) {
        return attempts * 7 / 10;
    }

    /** Starts a racer that uses {@code hub}'s repository or the {@code stock} one. */
    static Process start(String url, String repository, int attempts, long seed, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Racer.class.getName(),
                        url,
                        repository,
                        Integer.toString(attempts),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** Arguments: the database's address, hub or stock, how many items, a seed for their order. */
    public static void main(String... arguments) throws InterruptedException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(THREADS + 1);
        DataSource dataSource = new HikariDataSource(pool);
        List<String> keys = list(Integer.parseInt(arguments[2]));
        Collections.shuffle(keys, new Random(Long.parseLong(arguments[3])));
        race(dataSource, arguments[1], keys);
        System.exit(0); // without a wait for the pool's threads
    }

    private static void race(DataSource dataSource, String repository, List<String> keys) throws InterruptedException {
        JdbcClient database = JdbcClient.create(dataSource);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        RunTransaction transaction = new RunTransaction(transactions, database);
        IdempotentRepository seen = repository.equals("hub")
                ? new SeenKeys(database, new SeenTable(database))
                : new JdbcMessageIdRepository(dataSource, new TransactionTemplate(transactions), "race");
        DefaultCamelContext context = new DefaultCamelContext();
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> {
                for (int n = next.getAndIncrement(); n < keys.size(); n = next.getAndIncrement()) {
                    item(context, transaction, seen, database, keys.get(n));
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
            say("ERROR not done in time");
        }
    }

    private static void item(
            DefaultCamelContext context,
            RunTransaction transaction,
            IdempotentRepository seen,
            JdbcClient database,
            String key) {
        Exchange item = new DefaultExchange(context);
        item.setProperty("feedhub.flow", "race");
        try {
            transaction.run(item, exchange -> {
                if (seen.add(exchange, key)) {
                    database.sql("insert into effect (key) values (?)")
                            .param(key)
                            .update();
                    database.sql(
                                    "insert into feedhub.outgoing (flow, channel, payload) values ('race', 'intel', to_jsonb(?::text))")
                            .param(key)
                            .update();
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            item.setException(e);
        }
        if (item.getException() != null) {
            say("ERROR " + item.getException().getClass().getSimpleName());
        }
    }

    @SuppressWarnings("SystemOut") // the output is what the test reads
    private static void say(String line) {
        System.out.println(line);
    }
}
