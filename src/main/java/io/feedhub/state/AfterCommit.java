package io.feedhub.state;

import io.feedhub.database.AfterTransaction;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * {@code #after-commit}: where complete batches are delivered. In a transaction it waits for the commit, so that a slow
 * delivery holds no transaction open and nothing is delivered that is then rolled back. Thread-safe.
 */
@Component("after-commit")
final class AfterCommit extends ThreadPoolExecutor {
    private static final int DELIVERIES = 4;

    AfterCommit() {
        super(DELIVERIES, DELIVERIES, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads());
    }

    private static ThreadFactory threads() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("batch-");
        threads.setDaemon(true);
        return threads;
    }

    @Override
    public void execute(Runnable work) {
        AfterTransaction.onCommit(() -> super.execute(work));
    }
}
