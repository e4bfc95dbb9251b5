package io.feedhub.schedule;

import io.feedhub.nodes.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * This node's time on duty: the loops begin after everything else has started, and end before Camel stops. When the hub is
 * told to stop, nothing new is claimed, runs in flight may end, and what does not end in time is handed over.
 */
@Component
final class ScheduleLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ScheduleLifecycle.class);
    private static final Duration FLUSH = Duration.ofSeconds(5);

    /** A statement to a database that is away ends by itself a little sooner, the getting of a connection included. */
    private static final Duration LAST_CLAIM = Duration.ofSeconds(9);

    private static final long LOOK_MILLIS = 20;

    private final Gate gate;
    private final Caretaker caretaker;
    private final Closer closer;
    private final Historian historian;
    private final InFlight inFlight;
    private final Heartbeat heartbeat;
    private final Duration drain;
    private final List<Thread> claiming = new ArrayList<>();
    private final List<Thread> closing = new ArrayList<>();

    ScheduleLifecycle(
            Gate gate,
            Caretaker caretaker,
            Closer closer,
            Historian historian,
            InFlight inFlight,
            Heartbeat heartbeat,
            @Value("${camel.main.shutdown-timeout}") long drainSeconds) {
        this.gate = gate;
        this.caretaker = caretaker;
        this.closer = closer;
        this.historian = historian;
        this.inFlight = inFlight;
        this.heartbeat = heartbeat;
        this.drain = Duration.ofSeconds(drainSeconds);
    }

    @Override
    public void start() {
        closing.add(Loop.begin("close-runs", closer));
        claiming.add(Loop.begin("claim-runs", gate));
        claiming.add(Loop.begin("caretaker", caretaker));
        closing.add(Loop.begin("historian", historian)); // it claims nothing, and may take its time
    }

    @Override
    public void stop() {
        heartbeat.drain();
        claiming.forEach(Thread::interrupt);
        if (!await(() -> claiming.stream().noneMatch(Thread::isAlive), LAST_CLAIM)) {
            log.warn("a claim did not end; what it brings is left to be taken over");
        }
        if (!await(() -> inFlight.numbers().isEmpty(), drain)) {
            inFlight.handOver("its node was stopped");
        }
        if (!await(closer::isIdle, FLUSH)) {
            log.warn("the end of some runs is not recorded; peers, or the next start, run them again");
        }
        closing.forEach(Thread::interrupt);
        claiming.clear();
        closing.clear();
    }

    @Override
    public boolean isRunning() {
        return !closing.isEmpty();
    }

    /** Before the sending stops, since what drains still posts. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    private static boolean await(BooleanSupplier done, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!done.getAsBoolean() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done.getAsBoolean();
    }
}
