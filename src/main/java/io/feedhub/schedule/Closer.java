package io.feedhub.schedule;

import io.feedhub.schedule.Endings.Ended;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes down how runs ended, all that ended since its last statement in one. While the database is away the ends wait; a
 * run that was taken over meanwhile stays its new holder's. Thread-safe.
 */
@Component
final class Closer implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Closer.class);
    private static final int BATCH = 500;
    private static final long PAUSE_MILLIS = 500;

    private final Endings endings;
    private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
    private volatile boolean writing;

    Closer(Endings endings) {
        this.endings = endings;
    }

    void add(Ended run) {
        ends.add(run);
    }

    /** Whether every end that was added is written down. */
    boolean isIdle() {
        return ends.isEmpty() && !writing;
    }

    /** Writes until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Ended> batch = new ArrayList<>();
                batch.add(ends.take());
                writing = true;
                ends.drainTo(batch, BATCH - 1);
                write(batch);
                writing = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Ended> batch) throws InterruptedException {
        while (true) {
            try {
                Set<Long> closed = new HashSet<>(endings.close(batch));
                batch.stream()
                        .filter(ended -> !closed.contains(ended.run()))
                        .forEach(ended -> log.warn(
                                "{}: run {} was taken over before its end; it ends elsewhere",
                                ended.flow(),
                                ended.run()));
                return;
            } catch (NonTransientDataAccessException e) {
                log.error("the end of {} runs cannot be recorded: {}", batch.size(), Reason.of(e));
                return;
            } catch (DataAccessException e) {
                log.warn("the end of {} runs waits for the database: {}", batch.size(), Reason.of(e));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
