package io.feedhub.state;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@code #after-commit}: where complete batches are delivered. In a transaction it waits for the commit, so that a slow
 * delivery holds no transaction open and nothing is delivered that is then rolled back. Thread-safe.
 */
@Component("after-commit")
final class AfterCommit extends AbstractExecutorService {
    private static final int DELIVERIES = 4;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(DELIVERIES, work -> new Thread(work, "batch-" + numbers.incrementAndGet()));

    @Override
    public void execute(Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            threads.execute(work);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                threads.execute(work);
            }
        });
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
