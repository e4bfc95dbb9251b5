package io.feedhub.schedule;

import io.feedhub.schedule.Claims.Claimed;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A run in flight on this node. Thread-safe. */
final class ActiveRun {
    /** Each time that it is given back and taken again adds two: a run is begun five times at most. */
    static final int LAST_EPOCH = 9;

    private final Plan plan;
    private final Claimed claim;
    private final Duration limit;
    private final long begun = System.nanoTime();
    private final Tally tally = new Tally();
    private final Steps steps = new Steps();
    private @Nullable Thread thread;
    private @Nullable Exchange exchange;
    private @Nullable String verdict;
    private boolean slot;

    /**
     * Begins the clock of a run.
     *
     * @param slot whether a slot was taken for it
     */
    ActiveRun(Plan plan, Claimed claim, Duration limit, boolean slot) {
        this.plan = plan;
        this.claim = claim;
        this.limit = limit;
        this.slot = slot;
    }

    Plan plan() {
        return plan;
    }

    Claimed claim() {
        return claim;
    }

    Duration limit() {
        return limit;
    }

    Tally tally() {
        return tally;
    }

    Steps steps() {
        return steps;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    synchronized void begin(Exchange started) {
        exchange = started;
        thread = Thread.currentThread();
        if (verdict != null) {
            started.setRouteStop(true);
        }
    }

    /** Its thread goes back to the pool, and must take no interrupt along. */
    synchronized void end() {
        thread = null;
        boolean interrupted = Thread.interrupted();
        if (interrupted && exchange != null && exchange.getException() == null) {
            exchange.setException(new InterruptedException("the run was interrupted"));
        }
    }

    /** Lets it take no further step; whatever it waits for is interrupted. */
    synchronized void giveUp(String reason) {
        if (verdict == null) {
            verdict = reason;
            if (exchange != null) {
                exchange.setRouteStop(true);
            }
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Whether another node may run it: what has not begun has done nothing yet. */
    synchronized boolean mayRunAgain() {
        return exchange == null || plan.terms().rerun();
    }

    /** Whether what failed for no reason of its own is run again: not if it was given up, nor for ever. */
    synchronized boolean mayBeGivenBack() {
        return verdict == null && claim.epoch() < LAST_EPOCH && mayRunAgain();
    }

    /** Why it was given up. */
    synchronized Optional<String> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** True for the first who asks: the slot is given back once. */
    synchronized boolean releaseSlot() {
        boolean held = slot;
        slot = false;
        return held;
    }
}
