package io.feedhub.flows;

import io.feedhub.database.AfterTransaction;
import io.feedhub.flows.check.FlowFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One change of a flow at a time on this node; changes of different flows go on side by side. Beans and shared policy belong
 * to all flows, so they wait for all. Within a transaction a turn ends with it: nobody may act on what could still be undone.
 */
@Component
final class FlowLocks {
    private final Map<String, Lock> flows = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock everything = new ReentrantReadWriteLock(true);

    <T> T take(String key, Supplier<T> work) {
        Lock wide = FlowFile.isSharedKey(key) ? everything.writeLock() : everything.readLock();
        Lock narrow = flows.computeIfAbsent(key, name -> new ReentrantLock());
        wide.lock();
        narrow.lock();
        Runnable end = () -> {
            narrow.unlock();
            wide.unlock();
        };
        boolean within = TransactionSynchronizationManager.isSynchronizationActive();
        if (within) {
            AfterTransaction.onEnd(end);
        }
        try {
            return work.get();
        } finally {
            if (!within) {
                end.run();
            }
        }
    }

    void take(String key, Runnable work) {
        take(key, () -> {
            work.run();
            return key;
        });
    }

    /** A turn with every flow at once, outside of any transaction. */
    void takeAll(Runnable work) {
        everything.writeLock().lock();
        try {
            work.run();
        } finally {
            everything.writeLock().unlock();
        }
    }
}
