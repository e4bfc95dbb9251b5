package io.feedhub.flows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.springframework.stereotype.Component;

/**
 * Makes good the instants that pass while a flow's routes are exchanged. Firing one twice does no harm: the claim of
 * {@code (flow, instant)} is won once.
 */
@Component
final class Replay {
    private static final Duration LATE = Duration.ofSeconds(5);

    private final CamelContext context;
    private final Clock clock;

    Replay(CamelContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    /**
     * The moment from which instants of a flow may be missing once its trigger is taken away: its last firing, or a little
     * before now, since a trigger that is due may still wait for a thread.
     */
    Instant lastOf(String flow) {
        Instant earliest = clock.instant().minus(LATE);
        Trigger trigger = trigger(flow);
        if (trigger == null) {
            return earliest;
        }
        Date last = trigger.getPreviousFireTime() == null ? trigger.getStartTime() : trigger.getPreviousFireTime();
        return last.toInstant().isAfter(earliest) ? last.toInstant() : earliest;
    }

    /** Fires every instant of a flow's schedule since then, each with its own time, and goes on from there. */
    void since(String flow, Instant last) {
        if (trigger(flow) instanceof CronTrigger trigger) {
            Trigger earlier =
                    trigger.getTriggerBuilder().startAt(Date.from(last)).build();
            try {
                scheduler().rescheduleJob(trigger.getKey(), earlier);
            } catch (SchedulerException e) {
                throw new IllegalStateException("the instants of " + flow + " since " + last + " are lost", e);
            }
        }
    }

    private @Nullable Trigger trigger(String flow) {
        Route route = context.getRoute(flow);
        if (route == null || !(route.getEndpoint() instanceof QuartzEndpoint ticks)) {
            return null;
        }
        try {
            return scheduler().getTrigger(ticks.getTriggerKey());
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not know the trigger of " + flow, e);
        }
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }
}
