package io.feedhub.schedule;

import io.feedhub.database.Reason;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** What may take its time: judging flows every ten seconds, forgetting old runs every ten minutes. */
@Component
final class Historian implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Historian.class);
    private static final long EVERY_SECONDS = 10;
    private static final int PRUNE_EVERY = 60;

    private final Troubles troubles;
    private final History history;

    Historian(Troubles troubles, History history) {
        this.troubles = troubles;
        this.history = history;
    }

    /** Works until the thread is interrupted. */
    @Override
    public void run() {
        try {
            for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
                TimeUnit.SECONDS.sleep(EVERY_SECONDS);
                attempt("flows in trouble", troubles::judge);
                if (round % PRUNE_EVERY == 0) {
                    attempt("old runs", history::prune);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (DataAccessException | TransactionException e) { // the next round tries again
            log.warn("{} could not be seen to: {}", what, Reason.of(e));
        } catch (RuntimeException e) {
            log.error("{} could not be seen to", what, e);
        }
    }
}
