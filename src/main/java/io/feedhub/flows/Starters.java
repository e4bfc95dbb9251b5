package io.feedhub.flows;

import io.feedhub.runs.RouteName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.Suspendable;
import org.apache.camel.support.service.ServiceHelper;

/** What lets runs of a flow begin: the consumers of its routes. Callers see to it that no two threads touch one flow. */
final class Starters {
    private final CamelContext context;

    /** Flows that are taken out, or being so. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();

    Starters(CamelContext context) {
        this.context = context;
    }

    /** The flow is about to be taken out. */
    void leave(String flow) {
        leaving.add(flow);
    }

    /** Stops whatever starts runs of a flow; runs in flight go on. */
    void quiet(String flow) {
        leave(flow);
        starters(flow).forEach(ServiceHelper::suspendService);
    }

    /**
     * Lets a flow that was quietened start runs again.
     *
     * @return false when it is taken out already, in part at least
     */
    boolean wake(String flow) {
        ServiceStatus status = context.getRouteController().getRouteStatus(flow);
        if (status == null || status.isStopped()) {
            return false;
        }
        if (status.isStarted()) { // else it was paused before
            starters(flow).forEach(ServiceHelper::resumeService);
        }
        forget(flow);
        return true;
    }

    /** The flow leaves no more: it is back, or what was taken out does not come back. */
    void forget(String flow) {
        leaving.remove(flow);
    }

    /** Whether an operator has stopped the flow, here or in the console; that it is being exchanged does not count. */
    boolean isPaused(String flow) {
        return !leaving.contains(flow) && isSuspended(flow);
    }

    /** Those that are, asked of all in one walk: to find one route Camel goes through its list. */
    Set<String> paused() {
        return context.getRoutes().stream()
                .filter(route -> !leaving.contains(route.getRouteId()) && isSuspended(route))
                .map(Route::getRouteId)
                .collect(Collectors.toSet());
    }

    /** Whether nothing starts its runs at the moment, for whatever reason. */
    boolean isSuspended(String flow) {
        Route route = context.getRoute(flow);
        return route != null && isSuspended(route);
    }

    private boolean isSuspended(Route route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
        return status != null // else it was taken out in this moment
                && (!status.isStarted() || ServiceHelper.isSuspended(route.getConsumer())); // while its last run is on
    }

    /** Stops a flow from starting runs, until it is resumed; a run in flight ends by itself. */
    void pause(String flow) {
        try {
            context.getRouteController().suspendRoute(flow);
        } catch (Exception e) { // Camel's route controller declares no narrower one
            throw new IllegalStateException(flow + " cannot be paused: " + e.getMessage(), e);
        }
    }

    private List<Suspendable> starters(String flow) {
        return context.getRoutes().stream()
                .filter(route -> RouteName.isOf(flow, route.getRouteId()))
                .map(Route::getConsumer)
                .filter(Suspendable.class::isInstance)
                .map(Suspendable.class::cast)
                .toList();
    }
}
