package io.feedhub.state;

import io.feedhub.database.Reason;
import io.feedhub.runs.RunMark;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.spi.OptimisticLockingAggregationRepository;
import org.apache.camel.spi.RecoverableAggregationRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * What waits to be sent together, for the Aggregate EIP: a bean in {@code beans/} for each flow that needs one, in tables
 * that all nodes share. An item joins in the transaction in which it becomes seen. One node completes a batch, whoever
 * filled it; the time-out of a node that died is kept by the others. A complete batch is delivered once: its row goes in
 * the first transaction of its delivery, and until then any node may deliver it again. Thread-safe.
 */
public final class Batches extends ServiceSupport
        implements CamelContextAware, OptimisticLockingAggregationRepository, RecoverableAggregationRepository {
    private static final String VERSION = "feedhub.batchVersion";
    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    private @Nullable CamelContext context;
    private @Nullable BatchTable table;
    private String name = "";
    private Duration lease = Duration.ofMinutes(2);
    private long recoveryInterval = 5_000;
    private boolean useRecovery = true;
    private int maximumRedeliveries;
    private @Nullable String deadLetterUri;

    /** Tells this bean's batches from those of others; the bean's own name is best. */
    public void setName(String name) {
        this.name = name;
    }

    /** How many seconds a node may take to deliver a batch before another tries too; 120 by default. */
    public void setLease(long seconds) {
        this.lease = Duration.ofSeconds(seconds);
    }

    @Override
    protected void doStart() {
        if (name.isBlank() || context == null) {
            throw new IllegalStateException("a bean of type io.feedhub.state.Batches needs the property name");
        }
        table = new BatchTable(context.getRegistry().findSingleByType(JdbcClient.class), name);
    }

    /** In an item's transaction the batch is locked until that ends, so two items never change one version. */
    @Override
    public @Nullable Exchange get(CamelContext camel, String key) {
        return (RunTransaction.isActive() ? table().openLocked(key) : table().open(key))
                .map(row -> {
                    Exchange exchange = BatchContent.read(camel, row.exchange(), row.content());
                    exchange.setProperty(VERSION, row.version());
                    return exchange;
                })
                .orElse(null);
    }

    @Override
    public @Nullable Exchange add(CamelContext camel, String key, @Nullable Exchange before, Exchange after) {
        requireTransaction();
        Long version = before == null ? null : before.getProperty(VERSION, Long.class);
        Duration timeout = Duration.ofMillis(after.getProperty(Exchange.AGGREGATED_TIMEOUT, 0L, Long.class));
        if (!table().write(key, after.getExchangeId(), version, BatchContent.write(after), timeout)) {
            throw new OptimisticLockingException();
        }
        return before;
    }

    private static void requireTransaction() {
        if (!RunTransaction.isActive()) {
            throw new IllegalStateException(
                    "an item joins a batch in its own transaction: put aggregate inside policy one-transaction");
        }
    }

    @Override
    public Exchange add(CamelContext camel, String key, Exchange exchange) {
        throw new IllegalStateException("write optimisticLocking: true at the aggregate step");
    }

    @Override
    public void remove(CamelContext camel, String key, Exchange exchange) {
        Long version = exchange.getProperty(VERSION, Long.class);
        exchange.setExchangeId(camel.getUuidGenerator().generateUuid()); // Camel takes one it knows for being delivered
        boolean timedOut = "timeout".equals(exchange.getProperty(Exchange.AGGREGATED_COMPLETED_BY));
        if (!table().complete(key, exchange.getExchangeId(), version, BatchContent.write(exchange), lease, timedOut)) {
            throw new OptimisticLockingException();
        }
        exchange.setProperty(BatchDelivery.PROPERTY, new BatchDelivery(name, exchange.getExchangeId()));
    }

    /** A batch that its first item completes was never open; it is written down with that item's transaction. */
    void keepComplete(Exchange exchange) {
        if (exchange.getProperty(BatchDelivery.PROPERTY) != null) {
            return;
        }
        requireTransaction();
        String id = exchange.getExchangeId();
        table().addComplete(id, BatchContent.write(exchange), lease);
        RunMark.replace(exchange, Map.of(RunMark.FLOW, RunMark.of(exchange).flow()));
        exchange.setProperty(BatchDelivery.PROPERTY, new BatchDelivery(name, id));
    }

    @Override
    public void confirm(CamelContext camel, String id) {
        table().delivered(id);
    }

    @Override
    public Set<String> getKeys() {
        return unlessAway(() -> table().keys(), Set.of());
    }

    /** Takes what no node delivers any more, and completes what a node that died should have. */
    @Override
    public Set<String> scan(CamelContext camel) {
        return unlessAway(
                () -> {
                    table().completeOverdue();
                    return table().take(lease);
                },
                Set.of());
    }

    /** What cannot be read now is taken again when its lease has run out. */
    @Override
    public @Nullable Exchange recover(CamelContext camel, String id) {
        Optional<Exchange> batch =
                unlessAway(() -> table().completed(id).map(content -> completed(camel, id, content)), Optional.empty());
        return batch.orElse(null);
    }

    private Exchange completed(CamelContext camel, String id, String content) {
        Exchange exchange = BatchContent.read(camel, id, content);
        exchange.setProperty(BatchDelivery.PROPERTY, new BatchDelivery(name, id));
        return exchange;
    }

    /** Camel ends its recovery for ever when a step of it fails. */
    private <T> T unlessAway(Supplier<T> query, T otherwise) {
        try {
            return query.get();
        } catch (DataAccessException | TransactionException e) {
            log.warn("batches {}: next look in {} ms: {}", name, recoveryInterval, Reason.of(e));
            return otherwise;
        } catch (RuntimeException e) {
            log.error("batches {}: next look in {} ms", name, recoveryInterval, e);
            return otherwise;
        }
    }

    private BatchTable table() {
        if (table == null) {
            throw new IllegalStateException("batches " + name + " are not started");
        }
        return table;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(@Nullable CamelContext context) {
        this.context = context;
    }

    @Override
    @Deprecated
    public void setRecoveryInterval(long interval, TimeUnit unit) {
        recoveryInterval = unit.toMillis(interval);
    }

    @Override
    public void setRecoveryInterval(long millis) {
        recoveryInterval = millis;
    }

    @Override
    public long getRecoveryInterval() {
        return recoveryInterval;
    }

    @Override
    public void setUseRecovery(boolean useRecovery) {
        this.useRecovery = useRecovery;
    }

    @Override
    public boolean isUseRecovery() {
        return useRecovery;
    }

    @Override
    public void setDeadLetterUri(@Nullable String uri) {
        deadLetterUri = uri;
    }

    @Override
    public @Nullable String getDeadLetterUri() {
        return deadLetterUri;
    }

    @Override
    public void setMaximumRedeliveries(int times) {
        maximumRedeliveries = times;
    }

    @Override
    public int getMaximumRedeliveries() {
        return maximumRedeliveries;
    }
}
