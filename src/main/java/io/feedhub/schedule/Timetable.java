package io.feedhub.schedule;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.springframework.stereotype.Component;

/** When flows run next, and a way to run one now. Quartz is the clock; this asks it. */
@Component
public final class Timetable {
    private final CamelContext context;

    Timetable(CamelContext context) {
        this.context = context;
    }

    /**
     * The next firing of a flow on this node.
     *
     * @return empty when the flow is not scheduled, or its route does not run
     */
    public Optional<Instant> nextRun(String flow) {
        return trigger(flow)
                .filter(trigger ->
                        context.getRouteController().getRouteStatus(flow).isStarted())
                .map(Trigger::getNextFireTime)
                .map(java.util.Date::toInstant);
    }

    /**
     * Fires a scheduled flow now, beside its schedule. The run is claimed and recorded like any other.
     *
     * @return false when the flow has no schedule
     */
    public boolean runNow(String flow) {
        Optional<JobKey> job = trigger(flow).map(Trigger::getJobKey);
        try {
            if (job.isPresent()) {
                scheduler().triggerJob(job.get());
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz could not fire " + flow, e);
        }
        return job.isPresent();
    }

    private Optional<Trigger> trigger(String flow) {
        if (context.getRoute(flow) == null || !(context.getRoute(flow).getEndpoint() instanceof QuartzEndpoint ticks)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(scheduler().getTrigger(ticks.getTriggerKey()));
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not know the trigger of " + flow, e);
        }
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }
}
