package io.feedhub.state;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The policy {@code one-transaction}: the steps inside commit together, or not at all when one fails.
 *
 * <p>The steps run on a thread of their own while the route's thread waits. On the route's thread Camel would work off
 * its queue while it waits for a step, and the next items of a split would run inside this item's transaction: that is
 * what Camel's own transaction policy does in 4.17.
 */
@Component("one-transaction")
final class OneTransaction implements Policy, DisposableBean {
    private final TransactionTemplate transactions;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(work -> new Thread(work, "transaction-" + numbers.incrementAndGet()));

    OneTransaction(PlatformTransactionManager transactions) {
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                steps.process(exchange);
            } else {
                elsewhere(() -> transactions.executeWithoutResult(status -> run(steps, exchange, status)));
            }
        };
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }

    private void elsewhere(Runnable work) throws InterruptedException {
        try {
            threads.submit(work).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static void run(Processor steps, Exchange exchange, TransactionStatus status) {
        try {
            steps.process(exchange);
        } catch (Exception e) { // Processor declares no narrower one
            exchange.setException(e);
        }
        if (exchange.isFailed() || exchange.isRollbackOnly()) {
            status.setRollbackOnly();
        }
    }
}
