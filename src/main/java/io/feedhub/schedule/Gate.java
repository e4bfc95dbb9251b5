package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.nodes.Heartbeat;
import io.feedhub.schedule.Claims.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Where ticks become runs. One thread claims what has come since its last statement, all in one, so that the cost of a claim
 * falls as fires get more. A node claims only what it has room for; what waits too long is left to the catch-up, or to a
 * node with room. Thread-safe.
 */
@Component
final class Gate implements Runnable {
    /** How late a tick may be claimed. Later it is a matter for the flow's catch-up. */
    static final Duration LATE = Duration.ofSeconds(5);

    /** How early a tick may come and still be kept, from a machine whose clock is ahead. */
    private static final Duration EARLY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final int BATCH = 500;
    private static final long PAUSE_MILLIS = 200;

    private final Claims claims;
    private final Plans plans;
    private final Slots slots;
    private final Runner runner;
    private final RunMeters meters;
    private final Heartbeat heartbeat;
    private final Deque<Tick> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    Gate(
            Claims claims,
            Plans plans,
            Slots slots,
            Runner runner,
            InFlight inFlight,
            RunMeters meters,
            Heartbeat heartbeat) {
        this.claims = claims;
        this.plans = plans;
        this.slots = slots;
        this.runner = runner;
        this.meters = meters;
        this.heartbeat = heartbeat;
        inFlight.whenRoom(this::wake);
    }

    /** A flow's instant has come. Returns at once. */
    void offer(Tick tick) {
        if (!plans.mayRun(tick.plan())) {
            return;
        }
        lock.lock();
        try {
            waiting.add(tick);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** There is room, or a flow that was not known is. */
    void wake() {
        lock.lock();
        try {
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Claims until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Tick> batch = next();
                if (!claim(batch)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Tick> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<Tick> batch = admit();
            while (batch.isEmpty()) {
                news.await(pause(), TimeUnit.MILLISECONDS);
                batch = admit();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Until the next look, in milliseconds: a tick that is early is claimed when its time comes. */
    private long pause() {
        Instant now = heartbeat.databaseTime();
        return waiting.stream()
                .mapToLong(tick -> Duration.between(now, tick.at()).toMillis() + 1)
                .filter(millis -> millis > 0 && millis < PAUSE_MILLIS)
                .min()
                .orElse(PAUSE_MILLIS);
    }

    /** Those that there is room for, one of each flow: the second of a flow must see the first. */
    private List<Tick> admit() {
        List<Tick> batch = new ArrayList<>();
        if (waiting.isEmpty()) {
            return batch;
        }
        Instant now = heartbeat.databaseTime();
        Instant tooLate = now.minus(LATE);
        Instant tooEarly = now.plus(EARLY);
        boolean open = heartbeat.isHeard(); // if not, what it takes for now may be long ago, as after a sleep
        Set<Plan> taken = new HashSet<>();
        Iterator<Tick> ticks = waiting.iterator();
        while (ticks.hasNext() && batch.size() < BATCH) {
            Tick tick = ticks.next();
            Plan plan = tick.plan();
            Instant at = tick.at();
            if (at.isBefore(tooLate) || (open && at.isAfter(tooEarly)) || plan.refuses(at)) {
                ticks.remove();
            } else if (open && !at.isAfter(now) && plan.isReady() && !taken.contains(plan) && slots.tryTake(plan)) {
                ticks.remove();
                taken.add(plan);
                batch.add(tick);
            }
        }
        return batch;
    }

    /** @return false when the database did not answer; the ticks wait then */
    private boolean claim(List<Tick> batch) {
        Map<String, Tick> lost = new HashMap<>();
        batch.forEach(tick -> lost.put(tick.plan().flow(), tick));
        try {
            for (Claimed claimed : claims.claim(batch)) {
                Tick tick = Objects.requireNonNull(lost.get(claimed.flow()), claimed.flow());
                tick.plan().settle(tick.at(), tick.previous());
                if (claimed.outcome() == RunOutcome.RUNNING) {
                    lost.remove(claimed.flow());
                    runner.start(tick.plan(), claimed);
                } else {
                    meters.count(claimed.flow(), claimed.outcome());
                }
            }
            return true;
        } catch (DataAccessException e) {
            log.warn("{} claims wait, the database does not answer: {}", batch.size(), Reason.of(e));
            putBack(batch);
            return false;
        } finally {
            lost.values().forEach(tick -> slots.give(tick.plan()));
        }
    }

    private void putBack(List<Tick> batch) {
        lock.lock();
        try {
            batch.forEach(waiting::addFirst);
        } finally {
            lock.unlock();
        }
    }
}
