package io.feedhub.nodes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The database's clock, as near as its last answer told it. From then on it goes by this machine's monotonic clock, which
 * nobody sets and which a sleep can only make late: what is decided by it is never decided too early. Thread-safe.
 */
final class DatabaseClock {
    private final Clock wall;
    private volatile Answer last;

    /** Until the database has answered, this machine's clock is as good as any. */
    DatabaseClock(Clock wall) {
        this.wall = wall;
        Instant now = wall.instant();
        this.last = new Answer(now, now, System.nanoTime());
    }

    /**
     * The database has answered.
     *
     * @param answer what its clock showed, about half way between the question and now
     * @param asked when it was asked, on the monotonic clock
     */
    void set(Instant answer, long asked) {
        long now = System.nanoTime();
        last = new Answer(answer.plusNanos((now - asked) / 2), wall.instant(), now);
    }

    Instant time() {
        Answer told = last;
        return told.database().plusNanos(System.nanoTime() - told.monotonic());
    }

    /** How far this machine's clock was ahead when the database last answered. */
    Duration skew() {
        Answer told = last;
        return Duration.between(told.database(), told.wall());
    }

    /** How long ago that was by this machine's clock: with a sleep, or with what it was set by. */
    Duration wallSince() {
        return Duration.between(last.wall(), wall.instant());
    }

    /** What the clocks showed at one moment. */
    private record Answer(Instant database, Instant wall, long monotonic) {}
}
