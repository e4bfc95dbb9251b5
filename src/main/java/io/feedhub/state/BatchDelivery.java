package io.feedhub.state;

import io.feedhub.database.AfterTransaction;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A complete batch on its way. Its row goes with the first transaction of the delivery that commits. Thread-safe. */
final class BatchDelivery {
    static final String PROPERTY = "feedhub.batch";

    private final String repository;
    private final String exchange;
    private volatile boolean committed;

    BatchDelivery(String repository, String exchange) {
        this.repository = repository;
        this.exchange = exchange;
    }

    /** Whether this exchange may write: it delivers no batch, or one that nobody has delivered. Call in a transaction. */
    static boolean isOurs(Exchange exchange, JdbcClient database) {
        BatchDelivery batch = exchange.getProperty(PROPERTY, BatchDelivery.class);
        return batch == null || batch.committed || batch.take(database);
    }

    private boolean take(JdbcClient database) {
        boolean ours = new BatchTable(database, repository).delivered(exchange);
        if (ours) {
            AfterTransaction.onCommit(() -> committed = true);
        }
        return ours;
    }
}
