package io.feedhub.state;

import io.feedhub.runs.RunMark;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction of a run. It begins by holding the run's claim, so that a run which lost it writes nothing, and nobody
 * takes the run over before the transaction ends. The steps run on a thread of its own. Thread-safe.
 */
@Component
final class RunTransaction implements DisposableBean {
    private final TransactionTemplate transactions;
    private final JdbcClient database;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(work -> new Thread(work, "transaction-" + numbers.incrementAndGet()));

    RunTransaction(PlatformTransactionManager transactions, JdbcClient database) {
        this.transactions = new TransactionTemplate(transactions);
        this.database = database;
    }

    /** The run whose transaction this thread is in; null when it is in none of a flow's. */
    static @Nullable RunMark writer() {
        return (RunMark) TransactionSynchronizationManager.getResource(RunMark.class);
    }

    /** Whether this thread is in one. */
    static boolean isActive() {
        return writer() != null;
    }

    /**
     * Runs the steps in a transaction of their own and waits for its end. What they fail with is the exchange's exception,
     * and then nothing is kept.
     *
     * @throws LostClaim when the run has been closed or taken over
     * @throws org.springframework.transaction.TransactionException when the transaction cannot begin or commit
     */
    void run(Exchange exchange, Processor steps) throws InterruptedException {
        RunMark writer = RunMark.of(exchange);
        Future<?> transaction = threads.submit(() -> write(writer, exchange, steps));
        try {
            transaction.get();
        } catch (InterruptedException e) {
            transaction.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }

    private void write(RunMark writer, Exchange exchange, Processor steps) {
        transactions.executeWithoutResult(status -> {
            hold(writer);
            TransactionSynchronizationManager.bindResource(RunMark.class, writer);
            try {
                if (BatchDelivery.isOurs(exchange, database)) {
                    process(steps, exchange, status);
                    requireWanted(writer, exchange);
                } else {
                    exchange.setRouteStop(true);
                }
            } finally {
                TransactionSynchronizationManager.unbindResource(RunMark.class);
            }
        });
    }

    private void hold(RunMark writer) {
        if (writer.run() == null || writer.epoch() == null) {
            return;
        }
        try {
            database.sql("select feedhub.hold_claim(?, ?)")
                    .params(writer.run(), writer.epoch())
                    .query(row -> {});
        } catch (DataAccessException e) {
            throw e.getRootCause() instanceof SQLException refused && LostClaim.SQL_STATE.equals(refused.getSQLState())
                    ? new LostClaim(writer, e)
                    : e;
        }
    }

    /** A run that was given up takes no further step, so what it has written by then may be half of what it wanted. */
    private static void requireWanted(RunMark writer, Exchange exchange) {
        if (RunMark.isGivenUp(exchange)) {
            throw new LostClaim(writer, null);
        }
    }

    private static void process(Processor steps, Exchange exchange, TransactionStatus status) {
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
