package io.feedhub.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is to be done when the caller's transaction is over; outside of one it is done at once. */
public final class AfterTransaction {
    private AfterTransaction() {}

    /** Does something when the transaction has committed. */
    public static void onCommit(Runnable work) {
        onCommit(work, () -> {});
    }

    /**
     * Does something when the transaction has committed.
     *
     * @param otherwise what is done instead when it has not, or when nobody knows
     */
    public static void onCommit(Runnable work, Runnable otherwise) {
        register(work, new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }

            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    otherwise.run();
                }
            }
        });
    }

    /** Does something when the transaction is over, however it ended. */
    public static void onEnd(Runnable work) {
        register(work, new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                work.run();
            }
        });
    }

    private static void register(Runnable outside, TransactionSynchronization within) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(within);
        } else {
            outside.run();
        }
    }
}
