package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SeenKeysTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final javax.sql.DataSource dataSource = database.dataSource();
    private final SeenKeys seen = new SeenKeys(JdbcClient.create(dataSource));
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final DefaultCamelContext context = new DefaultCamelContext();

    @Test
    void aRacedKeyHasOneWinnerAndNoLoserFails() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int key = 0; key < 50; key++) {
                String raced = "key" + key;
                List<Callable<Boolean>> racers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    racers.add(() -> Boolean.TRUE.equals(transaction.execute(status -> seen.add(of("f"), raced))));
                }
                int winners = 0;
                for (Future<Boolean> racer : threads.invokeAll(racers)) {
                    winners += racer.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aRolledBackItemIsNotSeen() {
        transaction.executeWithoutResult(status -> {
            assertThat(seen.add(of("f"), "k")).isTrue();
            status.setRollbackOnly();
        });
        assertThat(seen.contains(of("f"), "k")).isFalse();
        assertThat(seen.add(of("f"), "k")).isTrue();
    }

    @Test
    void aFailedItemTakesBackOnlyItsOwnKey() {
        Exchange winner = of("f");
        Exchange loser = of("f");
        seen.add(winner, "k");
        assertThat(seen.remove(loser, "k")).isFalse();
        assertThat(seen.contains(loser, "k")).isTrue();
        assertThat(seen.remove(winner, "k")).isTrue();
    }

    @Test
    void flowsAreKeptApart() {
        assertThat(seen.add(of("f"), "k")).isTrue();
        assertThat(seen.add(of("g"), "k")).isTrue();
    }

    private Exchange of(String flow) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("feedhub.flow", flow);
        return exchange;
    }
}
