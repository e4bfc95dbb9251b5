package io.feedhub.schedule;

import io.feedhub.nodes.Heartbeat;
import io.feedhub.nodes.Node;
import io.feedhub.runs.RouteName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.TriggerKey;
import org.springframework.stereotype.Component;

/** The flows of this node by id and by Quartz's key, so that a fire finds its flow without a walk. Thread-safe. */
@Component
final class Plans {
    private static final Duration GONE = Duration.ofMinutes(1);

    private final Map<String, Plan> byFlow = new ConcurrentHashMap<>();
    private final Map<TriggerKey, Plan> byTrigger = new ConcurrentHashMap<>();
    private final Heartbeat heartbeat;
    private final Node node;

    Plans(Heartbeat heartbeat, Node node) {
        this.heartbeat = heartbeat;
        this.node = node;
    }

    void started(Route route, Terms terms) {
        Plan plan = byFlow.computeIfAbsent(
                route.getRouteId(), flow -> new Plan(flow, domain(route), heartbeat.databaseTime()));
        if (route.getEndpoint() instanceof QuartzEndpoint ticks) {
            plan.update(terms, Schedule.of(ticks).orElse(null));
            byTrigger.put(ticks.getTriggerKey(), plan);
        } else {
            plan.update(terms, null);
        }
        plan.routeStarted(route);
    }

    void stopped(Route route) {
        find(route.getRouteId()).ifPresent(plan -> plan.routeStopped(route, heartbeat.databaseTime()));
    }

    /** Flows whose route has been away for so long that no edit explains it. */
    List<Plan> gone() {
        Instant before = heartbeat.databaseTime().minus(GONE);
        return byFlow.values().stream()
                .filter(plan -> plan.hasBeenStoppedSince(before))
                .toList();
    }

    void forget(Plan plan) {
        byFlow.remove(plan.flow(), plan);
        byTrigger.values().remove(plan);
    }

    Collection<Plan> all() {
        return byFlow.values();
    }

    Optional<Plan> find(String flow) {
        return Optional.ofNullable(byFlow.get(flow));
    }

    /** A flow and those of its further routes, {@code <flow>.<part>}, that have a plan of their own. */
    List<Plan> findWithParts(String flow) {
        return byFlow.values().stream()
                .filter(plan -> RouteName.isOf(flow, plan.flow()))
                .toList();
    }

    Optional<Plan> find(TriggerKey trigger) {
        return Optional.ofNullable(byTrigger.get(trigger));
    }

    /** Whether this node has the label that the flow asks for. */
    boolean mayRun(Plan plan) {
        String label = plan.terms().runsOn();
        return label == null || node.labels().contains(label);
    }

    private static String domain(Route route) {
        return route.getGroup() == null ? "" : route.getGroup();
    }
}
