package io.feedhub.sandbox;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Starts the life of the world outside when the hub is ready, and tells the operator where to look. */
@Component
@Profile("sandbox")
final class SandboxLife {
    private static final Logger log = LoggerFactory.getLogger(SandboxLife.class);
    private static final long SEED = 64;

    private final int speed;
    private final StandIns standIns;
    private final Welcome welcome;
    private final Environment environment;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> moving;

    SandboxLife(@Value("${sandbox.speed}") int speed, StandIns standIns, Welcome welcome, Environment environment) {
        this.speed = speed;
        this.standIns = standIns;
        this.welcome = welcome;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Life life = new Life(standIns.world(), SEED);
        moving = clockwork.scheduleAtFixedRate(
                life::minute, 0, TimeUnit.MINUTES.toMillis(1) / speed, TimeUnit.MILLISECONDS);
        log.info("{}", welcome.text(environment.getProperty("local.server.port", "8080"), speed));
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        if (moving != null) {
            moving.cancel(true);
        }
        clockwork.shutdownNow();
    }
}
