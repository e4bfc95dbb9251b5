package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import io.feedhub.runs.ItemCounts;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.OptimisticLockingAggregationRepository.OptimisticLockingException;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Two nodes, each with a repository of its own over the same tables. */
class BatchesTest {
    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient database = JdbcClient.create(dataSource);
    private final RunTransaction transaction = new RunTransaction(new JdbcTransactionManager(dataSource), database);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Batches here = batches();
    private final Batches there = batches();

    @AfterEach
    void stop() {
        transaction.destroy();
        context.stop();
    }

    @Test
    void bodiesHeadersAndCountsSurvive() throws InterruptedException {
        Exchange first = new DefaultExchange(context);
        first.setProperty("feedhub.flow", "digest");
        first.setProperty("feedhub.run", 17L);
        first.setProperty(Exchange.AGGREGATED_SIZE, 1);
        first.setProperty(Exchange.GROUPED_EXCHANGE, List.of(Map.of("id", 1)));
        first.getMessage().setBody(Map.of("id", 1, "tags", List.of("a", "b")));
        first.getMessage().setHeader("tone", "good");
        in(first, exchange -> here.add(context, "k", null, exchange));
        Exchange found = open(there);
        assertThat(found.getExchangeId()).isEqualTo(first.getExchangeId());
        assertThat(found.getMessage().getBody()).isEqualTo(Map.of("id", 1, "tags", List.of("a", "b")));
        assertThat(found.getMessage().getHeaders()).isEqualTo(Map.of("tone", "good"));
        assertThat(found.getProperty(Exchange.GROUPED_EXCHANGE)).isEqualTo(List.of(Map.of("id", 1)));
        assertThat(found.getProperty("feedhub.flow")).isEqualTo("digest");
        assertThat(found.getProperty("feedhub.run")).isNull();
    }

    @Test
    void whatIsNotJsonIsRefusedWithAReason() throws InterruptedException {
        Exchange odd = item(1);
        odd.getMessage().setBody(new Object());
        in(odd, exchange -> here.add(context, "k", null, exchange));
        assertThat(odd.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("texts, numbers, maps and lists");
    }

    /** PostgreSQL's times and decimals, as a query's rows hold them. */
    @Test
    void whatWouldComeBackAsSomethingElseIsRefused() throws InterruptedException {
        Exchange timed = item(1);
        timed.setProperty(Exchange.GROUPED_EXCHANGE, List.of(Map.of("at", Timestamp.from(Instant.EPOCH))));
        in(timed, exchange -> here.add(context, "k", null, exchange));
        assertThat(timed.getException()).hasMessageContaining("this is a Timestamp; a query makes it one: at::text");

        BigDecimal exact = new BigDecimal("12345678901234.123456");
        Exchange counted = item(1);
        counted.getMessage().setBody(Map.of("amount", exact));
        in(counted, exchange -> here.add(context, "k", null, exchange));
        assertThat(open(there).getMessage().getBody()).isEqualTo(Map.of("amount", exact));
    }

    /** Each node that added has a timer of its own, and the others may have added since. */
    @Test
    void aTimeOutThatAnotherNodePutOffCompletesNothing() throws InterruptedException {
        Exchange item = item(1);
        item.setProperty(Exchange.AGGREGATED_TIMEOUT, 60_000L);
        in(item, exchange -> here.add(context, "k", null, exchange));
        Exchange tooEarly = open(there);
        tooEarly.setProperty(Exchange.AGGREGATED_COMPLETED_BY, "timeout");
        assertThatThrownBy(() -> there.remove(context, "k", tooEarly)).isInstanceOf(OptimisticLockingException.class);
        database.sql("update feedhub.batch set due_at = clock_timestamp()").update();
        there.remove(context, "k", tooEarly);
        assertThat(here.getKeys()).isEmpty();
    }

    @Test
    void anItemJoinsOnlyInATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> here.add(context, "k", null, item(1)))
                .withMessageContaining("inside policy one-transaction");
    }

    @Test
    void aStaleBatchIsNotCompleted() throws InterruptedException {
        join(here, 1);
        Exchange stale = open(there);
        join(here, 2);
        assertThatThrownBy(() -> there.remove(context, "k", stale)).isInstanceOf(OptimisticLockingException.class);
        here.remove(context, "k", open(here));
        assertThat(here.getKeys()).isEmpty();
    }

    @Test
    void timeOutAgainstAddOnTwoNodesLosesNothing() throws Exception {
        AtomicInteger joined = new AtomicInteger();
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> adding = new ArrayList<>();
            for (Batches node : List.of(here, there)) {
                adding.add(nodes.submit(() -> {
                    for (int i = 0; i < 150; i++) {
                        join(node, joined.incrementAndGet());
                    }
                    return null;
                }));
            }
            Future<?> timeOuts = nodes.submit(() -> {
                while (adding.stream().anyMatch(future -> !future.isDone())) {
                    completeUnlessStolen();
                }
            });
            for (Future<?> node : adding) {
                node.get();
            }
            timeOuts.get();
        } finally {
            nodes.shutdown();
        }
        completeUnlessStolen();
        assertThat(database.sql(
                                "select item::int from feedhub.batch_completed, jsonb_array_elements(content -> 'body') item order by 1")
                        .query(Integer.class)
                        .list())
                .hasSize(300)
                .doesNotHaveDuplicates();
    }

    /** Camel remembers the ids of what it delivers, also when the transaction that completed it came to nothing. */
    @Test
    void eachCompletionHasAnIdOfItsOwn() throws InterruptedException {
        join(here, 1);
        Exchange first = open(here);
        String open = first.getExchangeId();
        here.remove(context, "k", first);
        assertThat(first.getExchangeId()).isNotEqualTo(open);
        assertThat(recovered(first.getExchangeId()).getMessage().getBody()).isEqualTo(List.of(1));

        Exchange item = item(2);
        item.setProperty(Exchange.AGGREGATED_TIMEOUT, 1000L);
        in(item, exchange -> here.add(context, "k", null, exchange));
        database.sql("update feedhub.batch set due_at = due_at - interval '1 minute'")
                .update();
        assertThat(there.scan(context)).hasSize(1).doesNotContain(item.getExchangeId());
    }

    @Test
    void aBatchThatCannotBeReadIsLeftForLater() throws InterruptedException {
        join(here, 1);
        Exchange batch = open(here);
        here.remove(context, "k", batch);
        database.sql("update feedhub.batch_completed set content = '[]'").update();
        assertThat(there.recover(context, batch.getExchangeId())).isNull();
    }

    @Test
    void aCompleteBatchIsTakenByOneNodeAndAgainWhenThatNodeDied() throws InterruptedException {
        join(here, 1);
        here.remove(context, "k", open(here));
        assertThat(there.scan(context)).isEmpty();
        database.sql("update feedhub.batch_completed set taken_until = now() - interval '1 s'")
                .update();
        assertThat(there.scan(context)).hasSize(1);
        assertThat(here.scan(context)).isEmpty();
    }

    @Test
    void theTimeOutOfANodeThatDiedIsKeptByAnother() throws InterruptedException {
        Exchange item = item(1);
        item.setProperty(Exchange.AGGREGATED_TIMEOUT, 1000L);
        in(item, exchange -> here.add(context, "k", null, exchange));
        assertThat(there.scan(context)).isEmpty();
        database.sql("update feedhub.batch set due_at = due_at - interval '1 minute'")
                .update();
        Exchange overdue = recovered(there.scan(context).iterator().next());
        assertThat(overdue.getMessage().getBody()).isEqualTo(List.of(1));
        assertThat(overdue.getProperty(Exchange.AGGREGATED_COMPLETED_BY)).isEqualTo("timeout");
        assertThat(overdue.getProperty(Exchange.AGGREGATED_CORRELATION_KEY)).isEqualTo("k");
    }

    @Test
    void aBatchIsDeliveredOnceThoughTwoNodesTry() throws InterruptedException {
        join(here, 1);
        Exchange one = open(here);
        here.remove(context, "k", one);
        Exchange other = recovered(one.getExchangeId());
        AtomicInteger deliveries = new AtomicInteger();
        in(other, exchange -> {
            deliveries.incrementAndGet();
            throw new IllegalStateException("the delivery fails");
        });
        in(one, exchange -> deliveries.addAndGet(10));
        in(one, exchange -> deliveries.addAndGet(100));
        in(other, exchange -> deliveries.addAndGet(1000));
        in(other, exchange -> deliveries.addAndGet(1000)); // as from the second part of a split on
        assertThat(deliveries).hasValue(111);
    }

    @Test
    void aBatchThatAnotherNodeDeliveredGoesNoFurtherThanItsPolicy() throws InterruptedException {
        join(here, 1);
        Exchange one = open(here);
        here.remove(context, "k", one);
        Exchange other = recovered(one.getExchangeId());
        AtomicInteger deliveries = new AtomicInteger();
        for (Exchange delivery : List.of(one, other)) {
            Batch batch = new Batch(delivery, exchange -> deliveries.incrementAndGet(), transaction);
            batch.commit(List.of(1));
            batch.end(1);
        }
        assertThat(deliveries).hasValue(1);
        assertThat(one.isRouteStop()).isFalse();
        assertThat(one.getProperty(ItemCounts.OUT)).isEqualTo(1);
        assertThat(other.isRouteStop()).isTrue();
        assertThat(other.getProperty(ItemCounts.OUT)).isEqualTo(0);
    }

    private void completeUnlessStolen() {
        Exchange open = there.get(context, "k");
        if (open != null) {
            try {
                there.remove(context, "k", open);
            } catch (OptimisticLockingException e) {
                // an item has joined: it comes with the next
            }
        }
    }

    private void join(Batches node, int number) throws InterruptedException {
        Exchange item = item(number);
        in(item, exchange -> {
            Exchange before = node.get(context, "k");
            if (before == null) {
                node.add(context, "k", null, exchange);
                return;
            }
            List<Object> all = new ArrayList<>((List<?>) before.getMessage().getBody());
            all.add(number);
            before.getMessage().setBody(all);
            node.add(context, "k", before, before);
        });
        assertThat(item.getException()).isNull();
    }

    private void in(Exchange exchange, org.apache.camel.Processor steps) throws InterruptedException {
        transaction.run(exchange, steps);
    }

    private Exchange open(Batches node) {
        return Objects.requireNonNull(node.get(context, "k"));
    }

    private Exchange recovered(String id) {
        return Objects.requireNonNull(there.recover(context, id));
    }

    private Exchange item(int number) {
        Exchange item = new DefaultExchange(context);
        item.getMessage().setBody(List.of(number));
        return item;
    }

    private Batches batches() {
        context.getRegistry().bind("database", database);
        Batches batches = new Batches();
        batches.setCamelContext(context);
        batches.setName("digest");
        batches.start();
        return batches;
    }
}
