package io.feedhub.nodes;

import io.feedhub.database.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells the database every two seconds that this node lives, and learns the database's time from the answer. A node that
 * was not heard for four beats is taken for dead by its peers; {@link #isHeard} says whether this one was. Thread-safe.
 */
@Component
public final class Heartbeat implements SmartLifecycle {
    /** Before whatever claims, and after it when the hub stops. */
    private static final int PHASE = 0;

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration BEAT = Duration.ofSeconds(2);
    static final Duration SILENCE = BEAT.multipliedBy(4);
    static final Duration SKEW = Duration.ofSeconds(2);

    private final Registration registration;
    private final DatabaseClock shared;
    private final SleepWatch sleeps;
    private final Duration beat;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(Heartbeat::thread);

    private volatile Instant heardSince = Instant.MAX;
    private volatile long heardAt;
    private volatile boolean heard;
    private volatile @Nullable ScheduledFuture<?> beating;
    private boolean skewed;

    @Autowired
    Heartbeat(Registration registration, Clock clock, ApplicationEventPublisher events, MeterRegistry meters) {
        this(registration, clock, events, meters, BEAT);
    }

    Heartbeat(
            Registration registration,
            Clock clock,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Duration beat) {
        this.registration = registration;
        this.shared = new DatabaseClock(clock);
        this.beat = beat;
        this.sleeps = new SleepWatch(clock, events);
        this.heardAt = System.nanoTime(); // a start that takes long is no silence
        Gauge.builder("feedhub.node.skew", () -> shared.skew().toMillis() / 1000.0)
                .baseUnit("seconds")
                .register(meters);
    }

    /** The database's time, as near as the last answer told it: the one clock that nodes share. */
    public Instant databaseTime() {
        return shared.time();
    }

    /**
     * Whether peers still take this node for alive. When not, its runs may have been taken over, and it claims nothing. A wall
     * clock that has leapt may mean that this machine slept: only the next beat can tell.
     */
    public boolean isHeard() {
        return heard
                && System.nanoTime() - heardAt < SILENCE.toNanos()
                && shared.wallSince().compareTo(SILENCE) < 0;
    }

    /** Since when, by the database's clock, no beat has failed to be heard. */
    public Instant heardSince() {
        return heardSince;
    }

    /** Tells peers that this node has been told to stop. */
    public void drain() {
        try {
            registration.state("draining");
        } catch (DataAccessException e) {
            log.warn("that this node stops could not be recorded: {}", Reason.of(e));
        }
    }

    /** How long no beat has worked; nothing before the first one, however long the hub takes to start, and after the last. */
    Duration unheardFor() {
        return isRunning() ? Duration.ofNanos(System.nanoTime() - heardAt) : Duration.ZERO;
    }

    @Override
    public void start() {
        heardAt = System.nanoTime();
        sleeps.begin();
        beat();
        beating = beats.scheduleWithFixedDelay(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        heard = false;
        beating = null;
        beats.shutdownNow();
        try {
            registration.state("left");
        } catch (DataAccessException e) {
            log.warn("this node's leaving could not be recorded; peers notice in {} s", SILENCE.toSeconds());
        }
    }

    @Override
    public boolean isRunning() {
        return beating != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void beat() {
        try {
            sleeps.look();
            long sent = System.nanoTime();
            Optional<Instant> answer = registration.beat(shared.skew());
            if (answer.isEmpty()) {
                log.error("another process runs under this node's name: it goes on, this one claims nothing more."
                        + " Give each its own feedhub.node.name");
                heard = false;
                heardAt = System.nanoTime(); // a name taken twice is the operator's to mend: no restart helps
                return;
            }
            hear(answer.get(), sent);
            warnOfSkew();
        } catch (DataAccessException e) {
            log.warn("the database did not take the heartbeat: {}", Reason.of(e));
        } catch (RuntimeException | Error e) { // a loop that ends here would look like a dead machine
            log.error("the heartbeat failed", e);
        }
    }

    private void hear(Instant answer, long sent) {
        boolean again = !isHeard();
        shared.set(answer, sent);
        if (again) {
            heardSince = answer;
        }
        heardAt = System.nanoTime();
        heard = true;
    }

    private void warnOfSkew() {
        Duration skew = shared.skew();
        boolean now = skew.abs().compareTo(SKEW) > 0;
        if (now && !skewed) {
            log.warn(
                    "this node's clock is {} s {} the database's; schedules go by the database's",
                    skew.abs().toMillis() / 1000.0,
                    skew.isNegative() ? "behind" : "ahead of");
        }
        skewed = now;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}
