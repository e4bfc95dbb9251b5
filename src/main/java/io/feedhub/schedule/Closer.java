package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.schedule.Endings.Ended;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
        return expected.isEmpty();
    }

    /** Before what started the run has its answer. While that cannot be, the end waits like any other. */
    void addNow(Ended run) {
        try {
            if (endings.close(List.of(run)).getOrDefault(run.run(), true)) {
                over(run);
                return;
            }
        } catch (DataAccessException e) {
            log.debug("{}: the end of run {} waits: {}", run.flow(), run.run(), Reason.of(e));
        }
        ends.add(run);
    }

    private void over(Ended run) {
        troubles.ended(run.flow(), run.error() == null);
        expected.remove(run.run());
    }

    /** Writes until the thread is interrupted. */
    @Override
    public void run() {
        List<Ended> held = List.of();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                held = write(withThoseSince(held));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that ended since. Those whose rows were held are tried again with the next ones, or after a pause. */
    private List<Ended> withThoseSince(List<Ended> held) throws InterruptedException {
        List<Ended> batch = new ArrayList<>(held);
        Ended next = held.isEmpty() ? ends.take() : ends.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
            batch.add(next);
        }
        ends.drainTo(batch, BATCH);
        return batch;
    }

    /** @return those whose rows are in somebody's transaction */
    private List<Ended> write(List<Ended> batch) throws InterruptedException {
        List<Ended> held = List.of();
        try {
            held = close(batch);
            return held;
        } finally { // else a run whose end met a fault would be nobody's for ever
            batch.stream().filter(Predicate.not(held::contains)).forEach(this::over);
        }
    }

    private List<Ended> close(List<Ended> batch) throws InterruptedException {
        while (true) {
            try {
                Map<Long, Boolean> mine = endings.close(batch);
                batch.stream().filter(ended -> !mine.containsKey(ended.run())).forEach(Closer::wasTakenOver);
                return batch.stream()
                        .filter(ended -> !mine.getOrDefault(ended.run(), true))
                        .toList();
            } catch (DataAccessException e) {
                if (Reason.isRefusal(e)) {
                    return apart(batch, e);
                }
                log.warn("the end of {} runs waits for the database: {}", batch.size(), Reason.of(e));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void wasTakenOver(Ended ended) {
        log.warn(
                "{}: run {} was given up or taken over before its end; its row stays as it is",
                ended.flow(),
                ended.run());
    }

    /** One end that the database refuses must not take the others with it. */
    private List<Ended> apart(List<Ended> batch, DataAccessException refusal) throws InterruptedException {
        if (batch.size() == 1) {
            Ended ended = batch.get(0);
            log.error("{}: the end of run {} cannot be recorded: {}", ended.flow(), ended.run(), Reason.of(refusal));
            return List.of();
        }
        List<Ended> held = new ArrayList<>();
        for (Ended ended : batch) {
            held.addAll(close(List.of(ended)));
        }
        return held;
    }
}
