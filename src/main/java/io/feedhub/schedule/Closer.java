package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.schedule.Endings.Ended;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
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
    private final Troubles troubles;
    private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
    private final Set<Long> expected = ConcurrentHashMap.newKeySet();
    private volatile boolean writing;

    Closer(Endings endings, Troubles troubles) {
        this.endings = endings;
        this.troubles = troubles;
    }

    /** The run ends here, so nobody takes it for lost, however long the database is away. */
    void expect(long run) {
        expected.add(run);
    }

    /** It was given up, and is ended already. */
    void forget(long run) {
        expected.remove(run);
    }

    void add(Ended run) {
        ends.add(run);
    }

    /** The numbers of the runs whose end is not written down yet. */
    Collection<Long> numbers() {
        return List.copyOf(expected);
    }

    /** Whether every end that was added, or is about to be, is written down. */
    boolean isIdle() {
        return expected.isEmpty() && ends.isEmpty() && !writing;
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
                List<Long> numbers = batch.stream().map(Ended::run).toList();
                try {
                    write(batch);
                } finally { // else a run whose end met a fault would be nobody's for ever
                    expected.removeAll(numbers);
                    writing = false;
                }
                batch.forEach(ended -> troubles.ended(ended.flow(), ended.error() == null));
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
            } catch (DataAccessException e) {
                if (Reason.isRefusal(e)) {
                    apart(batch, e);
                    return;
                }
                log.warn("the end of {} runs waits for the database: {}", batch.size(), Reason.of(e));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** One end that the database refuses must not take the others with it. */
    private void apart(List<Ended> batch, DataAccessException refusal) throws InterruptedException {
        if (batch.size() == 1) {
            Ended ended = batch.get(0);
            log.error("{}: the end of run {} cannot be recorded: {}", ended.flow(), ended.run(), Reason.of(refusal));
            return;
        }
        for (Ended ended : batch) {
            write(List.of(ended));
        }
    }
}
