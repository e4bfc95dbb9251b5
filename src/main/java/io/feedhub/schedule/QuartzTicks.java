package io.feedhub.schedule;

import io.feedhub.nodes.SetBack;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.springframework.context.event.EventListener;

/**
 * Stands between Quartz and Camel: a fire is handed to the {@link Gate} instead of to Camel's own job, which would look for
 * its route among all routes and run it on Quartz's thread.
 */
@org.springframework.stereotype.Component
final class QuartzTicks extends LifecycleStrategySupport implements JobFactory {
    /** A trigger that replaces another begins in the past, so that no instant falls between the two. */
    static final Duration HEAD_START = Duration.ofSeconds(3);

    private final Plans plans;
    private final Gate gate;
    private final List<Scheduler> schedulers = new CopyOnWriteArrayList<>();

    QuartzTicks(Plans plans, Gate gate) {
        this.plans = plans;
        this.gate = gate;
    }

    @Override
    public void onComponentAdd(String name, Component component) {
        if (component instanceof QuartzComponent quartz) {
            quartz.addScheduleInitTask(scheduler -> {
                scheduler.setJobFactory(this);
                schedulers.add(scheduler);
            });
        }
    }

    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (endpoint instanceof QuartzEndpoint ticks && ticks.getCron() != null) {
            Map<String, Object> parameters = new HashMap<>();
            if (ticks.getTriggerParameters() != null) {
                parameters.putAll(ticks.getTriggerParameters());
            }
            parameters.putIfAbsent("timeZone", Schedule.UTC);
            // a late instant is not fired at some other time: the catch-up has it
            parameters.put("misfireInstruction", CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING);
            ticks.setTriggerParameters(parameters);
            ticks.setTriggerStartDelay(-HEAD_START.toMillis());
        }
    }

    /** Quartz waits for what would have come next by the old time; each trigger is told anew. */
    @EventListener
    void setBack(SetBack clock) throws SchedulerException {
        for (Scheduler scheduler : schedulers) {
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                begin(scheduler, key);
            }
        }
    }

    private static void begin(Scheduler scheduler, TriggerKey key) throws SchedulerException {
        Trigger trigger = scheduler.getTrigger(key);
        if (trigger == null) { // its flow is gone meanwhile
            return;
        }
        boolean paused = scheduler.getTriggerState(key) == Trigger.TriggerState.PAUSED;
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis()); // the clock that Quartz fires by
        Date start = Date.from(now.minus(HEAD_START));
        scheduler.rescheduleJob(key, trigger.getTriggerBuilder().startAt(start).build());
        if (paused) {
            scheduler.pauseTrigger(key);
        }
    }

    @Override
    public Job newJob(TriggerFiredBundle fired, Scheduler scheduler) {
        return this::fire;
    }

    private void fire(JobExecutionContext fired) {
        plans.find(fired.getTrigger().getKey())
                .ifPresent(plan -> gate.offer(
                        new Tick(plan, instant(fired.getScheduledFireTime()), previous(fired.getPreviousFireTime()))));
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }

    private static @Nullable Instant previous(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
