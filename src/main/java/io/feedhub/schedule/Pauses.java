package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.nodes.Heartbeat;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Which flows an operator has paused: on every node, and until he resumes them, whatever is restarted. Thread-safe. */
@Component
final class Pauses {
    private static final Logger log = LoggerFactory.getLogger(Pauses.class);

    private final ScheduleTable scheduleTable;
    private final Plans plans;
    private final CamelContext context;
    private final Heartbeat heartbeat;
    private final InFlight inFlight;
    private final Set<String> turning = new HashSet<>();
    private final Set<String> behind = new HashSet<>();

    Pauses(ScheduleTable scheduleTable, Plans plans, CamelContext context, Heartbeat heartbeat, InFlight inFlight) {
        this.scheduleTable = scheduleTable;
        this.plans = plans;
        this.context = context;
        this.heartbeat = heartbeat;
        this.inFlight = inFlight;
    }

    /** Makes this node's routes follow the database. */
    synchronized void apply() {
        Set<String> paused = scheduleTable.paused();
        plans.all().stream()
                .filter(plan -> !turning.contains(plan.flow()))
                .forEach(plan -> attempt(plan, paused.contains(plan.flow())));
    }

    /** A flow that cannot follow must not keep the others from it. */
    private void attempt(Plan plan, boolean paused) {
        try {
            apply(plan, paused);
        } catch (RuntimeException e) {
            log.warn("{}, trying again: {}", e.getMessage(), Reason.of(e));
        }
    }

    /** One flow is turned in a transaction that has not ended, so what the database says of it is not asked until {@link #turned}. */
    synchronized void turn(Plan plan, boolean paused) {
        turning.add(plan.flow());
        try {
            apply(plan, paused);
        } catch (RuntimeException e) {
            turning.remove(plan.flow());
            throw e;
        }
    }

    /** The transaction has ended, and the database is right again. */
    synchronized void turned(String flow) {
        turning.remove(flow);
    }

    /** Makes this node's route of one flow follow. */
    synchronized void apply(Plan plan, boolean paused) {
        if (plan.pause(paused, heartbeat.databaseTime()) || paused || behind.contains(plan.flow())) {
            behind.add(plan.flow());
            Route route = context.getRoute(plan.flow());
            if (route != null) { // else it is being exchanged, and follows when it is back
                follow(route, plan.flow(), paused);
                behind.remove(plan.flow());
            }
        }
    }

    private void follow(Route route, String flow, boolean paused) {
        ServiceStatus status = context.getRouteController().getRouteStatus(flow);
        try {
            if (paused && status.isStarted() && isOn(flow)) {
                ServiceHelper.suspendService(route.getConsumer());
            } else if (paused && status.isStarted()) {
                context.getRouteController().suspendRoute(flow);
                log.info("{} is paused", flow);
            } else if (!paused && status.isSuspended()) {
                context.getRouteController().resumeRoute(flow);
                log.info("{} is resumed", flow);
            } else if (!paused && status.isStarted()) {
                ServiceHelper.resumeService(route.getConsumer()); // if a run outlasted the pause
            }
        } catch (Exception e) { // Camel's route controller declares no narrower one
            throw new IllegalStateException(flow + " cannot be " + (paused ? "paused" : "resumed"), e);
        }
    }

    /** Camel's suspending of a route waits for its runs, and stops what starts them for good when they take too long. */
    private boolean isOn(String flow) {
        return inFlight.isOn(flow) || context.getInflightRepository().size(flow) > 0;
    }
}
