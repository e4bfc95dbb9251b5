package io.feedhub.state;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who writes: the flow, and the run with its claim.
 *
 * @param flow the flow's id
 * @param run the run's number, or null outside a scheduled run
 * @param epoch which claim of the run; null outside a scheduled run
 */
record Writer(String flow, @Nullable Long run, @Nullable Integer epoch) {

    static Writer of(Exchange exchange) {
        String flow = exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class);
        return new Writer(
                flow == null ? "" : flow,
                exchange.getProperty("feedhub.run", Long.class),
                exchange.getProperty("feedhub.epoch", Integer.class));
    }

    /** The one whose transaction this thread is in; null when it is in none of a flow's. */
    static @Nullable Writer current() {
        return (Writer) TransactionSynchronizationManager.getResource(Writer.class);
    }
}
