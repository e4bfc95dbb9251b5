package io.feedhub.state;

import io.feedhub.database.Reason;
import io.feedhub.runs.ItemCounts;
import io.feedhub.runs.RunMark;
import java.sql.SQLException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** One list of items on its way through the steps of {@code in-batches}. It counts what became of them. */
final class Batch {
    private static final Logger log = LoggerFactory.getLogger(Batch.class);

    private final Exchange exchange;
    private final Processor steps;
    private final RunTransaction transaction;
    private int out;
    private int parked;
    private boolean stopped;
    private @Nullable Exception failure;

    Batch(Exchange exchange, Processor steps, RunTransaction transaction) {
        this.exchange = exchange;
        this.steps = steps;
        this.transaction = transaction;
    }

    void commit(List<?> items) throws InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        Exchange attempt = exchange.copy();
        attempt.getMessage().setBody(items);
        attempt.setProperty(
                ItemCounts.OUT, 0); // and so it stays when another node has delivered them: then no step runs
        Exception reason = attempt(attempt, items.size());
        if (reason == null) {
            stopped |= attempt.isRouteStop();
            out += attempt.getProperty(ItemCounts.OUT, Integer.class);
        } else if (items.size() == 1 || !isOfAnItem(reason)) {
            park(items, reason);
        } else {
            int half = items.size() / 2;
            commit(items.subList(0, half));
            commit(items.subList(half, items.size()));
        }
    }

    /** Puts the counts on the exchange, for the run's record, and the first failure. */
    void end(int size) {
        exchange.setProperty(ItemCounts.IN, Math.max(size, exchange.getProperty(ItemCounts.IN, 0, Integer.class)));
        exchange.setProperty(ItemCounts.OUT, out);
        exchange.setProperty(ItemCounts.PARKED, parked);
        if (stopped) { // not before: the rest of the list would begin stopped
            exchange.setRouteStop(true);
        }
        if (failure != null) {
            exchange.setException(failure);
        }
    }

    private @Nullable Exception attempt(Exchange attempt, int size) throws InterruptedException {
        try {
            transaction.run(attempt, ours -> {
                ours.setProperty(ItemCounts.OUT, size);
                steps.process(ours);
            });
        } catch (RuntimeException e) {
            return e;
        }
        return attempt.isRollbackOnly() && attempt.getException() == null
                ? new RollbackExchangeException(attempt)
                : attempt.getException();
    }

    private void park(List<?> items, Exception reason) {
        parked += items.size();
        if (failure == null) {
            failure = reason;
        }
        String who = items.size() == 1 ? "an item is" : items.size() + " items are";
        log.warn("{}: {} parked: {}", RunMark.of(exchange).flow(), who, Reason.of(reason));
    }

    /** A database that is away, or a claim that is lost, is the fault of no item: halving would only ask again. */
    private static boolean isOfAnItem(Exception reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof LostClaim
                    || cause instanceof TransactionException
                    || (cause instanceof DataAccessResourceFailureException && !isTooLarge(cause.getCause()))) {
                return false;
            }
        }
        return true;
    }

    /** PostgreSQL's class 54, which Spring counts among its absences: a key that is too long for an index, say. */
    private static boolean isTooLarge(@Nullable Throwable cause) {
        return cause instanceof SQLException refusal
                && refusal.getSQLState() != null
                && refusal.getSQLState().startsWith("54");
    }
}
