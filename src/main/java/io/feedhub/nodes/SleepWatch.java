package io.feedhub.nodes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Notices that this machine slept, was frozen or had its clock set. It compares two clocks: the monotonic one stands still
 * while a laptop sleeps, and runs on while a process is frozen. For one thread.
 */
final class SleepWatch {
    private static final Logger log = LoggerFactory.getLogger(SleepWatch.class);

    private final Clock clock;
    private final ApplicationEventPublisher events;
    private Instant wall;
    private long monotonic;

    SleepWatch(Clock clock, ApplicationEventPublisher events) {
        this.clock = clock;
        this.events = events;
        this.wall = clock.instant();
        this.monotonic = System.nanoTime();
    }

    /** Forgets how long it was until now: a start that takes long is no sleep. */
    void begin() {
        wall = clock.instant();
        monotonic = System.nanoTime();
    }

    /** Tells what happened since the last look. */
    void look() {
        Instant wallNow = clock.instant();
        long monotonicNow = System.nanoTime();
        Duration wallGap = Duration.between(wall, wallNow);
        Duration gap = Duration.ofNanos(monotonicNow - monotonic);
        wall = wallNow;
        monotonic = monotonicNow;
        if (gap.compareTo(Heartbeat.SILENCE) > 0 || wallGap.compareTo(Heartbeat.SILENCE) > 0) {
            Duration longest = gap.compareTo(wallGap) > 0 ? gap : wallGap;
            log.warn(
                    "this node slept, was frozen or had its clock set, {} s: it gives up its runs",
                    longest.toSeconds());
            events.publishEvent(new Slept(longest));
        }
        Duration back = gap.minus(wallGap);
        if (back.compareTo(Heartbeat.SKEW) > 0) {
            log.warn("this node's clock was set back, {} s", back.toSeconds());
            events.publishEvent(new SetBack(back));
        }
    }
}
