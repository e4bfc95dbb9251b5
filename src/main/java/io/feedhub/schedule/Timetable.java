package io.feedhub.schedule;

import static io.feedhub.database.Columns.texts;

import io.feedhub.database.AfterTransaction;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When flows run next, and the operator's hand on them: now, not now, again. Thread-safe. */
@Component
public final class Timetable {
    private final CamelContext context;
    private final Plans plans;
    private final JdbcClient database;
    private final Pauses pauses;
    private final Caretaker caretaker;

    Timetable(CamelContext context, Plans plans, JdbcClient database, Pauses pauses, Caretaker caretaker) {
        this.context = context;
        this.plans = plans;
        this.database = database;
        this.pauses = pauses;
        this.caretaker = caretaker;
    }

    /**
     * The next firing of a flow.
     *
     * @return empty when the flow is not scheduled, is paused, or has no route on this node that has started
     */
    public Optional<Instant> nextRun(String flow) {
        return plans.find(flow)
                .filter(plan -> !plan.isPaused())
                .flatMap(Plan::route)
                .filter(this::isStarted)
                .map(route -> route.getEndpoint() instanceof QuartzEndpoint ticks ? trigger(ticks) : null)
                .map(Trigger::getNextFireTime)
                .map(Date::toInstant);
    }

    /**
     * Plans a run of now, in the caller's transaction when there is one, for any flow and beside its schedule. It is claimed,
     * recorded and, when its node dies, taken over like any other; while the flow runs already it waits.
     *
     * @param body what its first step is given, as JSON, or null for nothing
     * @return the run's number, or empty when no route of that name runs on this node
     */
    public OptionalLong runNow(String flow, @Nullable String body) {
        Optional<Plan> plan = plans.find(flow).filter(known -> known.route().isPresent());
        if (plan.isEmpty()) {
            return OptionalLong.empty();
        }
        long run = database.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, origin, alone, outcome, started_at, due_at, body)
                values (?, clock_timestamp(), 'manual', ?, 'planned', null, clock_timestamp(), ?::jsonb)
                returning id""")
                .params(flow, plan.get().terms().alone(), body)
                .query(Long.class)
                .single();
        AfterTransaction.onEnd(caretaker::wake);
        return OptionalLong.of(run);
    }

    /**
     * Pauses a flow on every node, until it is resumed: no tick starts it, nor a further route of it. A run in progress ends by
     * itself.
     *
     * @return false when there is no such flow
     */
    public boolean pause(String flow) {
        return turn(flow, true);
    }

    /**
     * Lets a paused flow run again. Its {@code catchUp} says what happens to the instants of the pause.
     *
     * @return false when there is no such flow
     */
    public boolean resume(String flow) {
        return turn(flow, false);
    }

    private boolean turn(String flow, boolean paused) {
        if (plans.find(flow).isEmpty()) {
            return false;
        }
        List<Plan> all = plans.findWithParts(flow);
        database.sql(
                        """
                insert into feedhub.schedule as s (flow, settled, paused)
                select flow, clock_timestamp(), ?
                from (select unnest(?::text[]) as flow union
                      select flow from feedhub.schedule where split_part(flow, '.', 1) = ?) turned -- those that only peers run
                order by flow
                on conflict (flow) do update
                set paused = excluded.paused,
                    resumed_at = case when s.paused and not excluded.paused then clock_timestamp() else s.resumed_at end""")
                .params(paused, texts(all, Plan::flow), flow)
                .update();
        for (Plan plan : all) {
            pauses.turn(plan, paused);
            AfterTransaction.onEnd(() -> pauses.turned(plan.flow()));
        }
        return true;
    }

    /** Whoever suspends or stops a route over JMX pauses no plan, and its trigger keeps the instant that will not come. */
    private boolean isStarted(Route route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
        return status != null && status.isStarted();
    }

    private Trigger trigger(QuartzEndpoint ticks) {
        try {
            return context.getComponent("quartz", QuartzComponent.class)
                    .getScheduler()
                    .getTrigger(ticks.getTriggerKey());
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not know the trigger " + ticks.getTriggerKey(), e);
        }
    }
}
