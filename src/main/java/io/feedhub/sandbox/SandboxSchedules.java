package io.feedhub.sandbox;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.CronExpression;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Makes schedules fire more often, when their endpoints are made and before they start; no file is rewritten. */
@Component
@Profile("sandbox")
final class SandboxSchedules extends LifecycleStrategySupport {
    private static final long SHORTEST = 1_000;

    /**
     * The hub writes a new flow down within a second or two of its start, and what fires before that it takes for settled:
     * a flow of once a day would then not run when it is loaded.
     */
    private static final long FIRST = 5_000;

    private final int speed;
    private final Clock clock;

    SandboxSchedules(@Value("${sandbox.speed}") int speed, Clock clock) {
        this.speed = speed;
        this.clock = clock;
    }

    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (speed > 1 && endpoint instanceof QuartzEndpoint ticks && ticks.getCron() != null) {
            long interval = Math.max(SHORTEST, interval(ticks.getCron()) / speed);
            ticks.setTriggerParameters(Map.of("repeatInterval", Long.toString(interval), "repeatCount", "-1"));
            ticks.setTriggerStartDelay(FIRST);
            ticks.setCron(null);
        }
    }

    private long interval(String cron) {
        try {
            CronExpression expression = new CronExpression(cron);
            Date first = expression.getNextValidTimeAfter(Date.from(clock.instant()));
            Date second = expression.getNextValidTimeAfter(first);
            return Duration.between(first.toInstant(), second.toInstant()).toMillis();
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a cron expression: " + cron, e);
        }
    }
}
