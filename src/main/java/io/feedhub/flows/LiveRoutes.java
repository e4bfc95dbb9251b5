package io.feedhub.flows;

import io.feedhub.flows.check.ErrorLocator;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import io.feedhub.runs.RouteName;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InflightRepository.InflightExchange;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.stereotype.Component;

/**
 * The routes of the running Camel context, by flow. A flow owns the route with its id, further ones called {@code <flow>.<part>}
 * and its connectors', called {@code <flow>-<step>}. Callers see to it that no two threads touch one flow.
 */
@Component
final class LiveRoutes {
    private final CamelContext context;
    private final Starters starters;

    LiveRoutes(CamelContext context) {
        this.context = context;
        this.starters = new Starters(context);
        context.getInflightRepository().setInflightBrowseEnabled(true); // else runs in flight cannot be seen
        YamlLoader.installIn(context);
    }

    /** What lets runs of these flows begin. */
    Starters starters() {
        return starters;
    }

    /** Builds and starts what a file holds; what fails leaves nothing behind. */
    void load(FlowFile file) throws Refused {
        Resource resource = ResourceHelper.fromString(file.name(), file.text());
        try {
            if (file.isFlow()) {
                start(resource);
            } else {
                PluginHelper.getRoutesLoader(context).loadRoutes(resource);
            }
        } catch (Exception e) { // Camel's loader declares no narrower one
            leaveNothing(file, e);
            throw new Refused(ErrorLocator.find(file, e), e);
        } catch (Error e) { // which says nothing of the file
            leaveNothing(file, e);
            throw e;
        } finally {
            starters.forget(file.key());
        }
    }

    private void leaveNothing(FlowFile file, Throwable e) {
        try {
            if (file.isFlow()) {
                remove(file.id());
            }
        } catch (RuntimeException again) {
            e.addSuppressed(again);
        }
    }

    /**
     * Adds what {@link #remove} has taken out before, or what never was there. Camel's own adding would look through all
     * routes for one to be replaced, so that each flow would cost more the more there are.
     */
    private void start(Resource resource) throws Exception {
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
            RouteBuilder file = (RouteBuilder) builder;
            file.prepareModel(context);
            List<RouteDefinition> added = file.getRouteCollection().getRoutes();
            synchronized (guard()) { // as it guards its list itself
                guard().getRouteDefinitions().addAll(added);
                model().startRouteDefinitions(added);
            }
        }
    }

    private Model guard() {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** Loads many flows, for each as if it were the first. */
    <T> T many(Supplier<T> loading) {
        Aside others = new Aside(context);
        try {
            return loading.get();
        } finally {
            others.bringBack();
        }
    }

    /** The exchanges that a flow has in flight, each once. */
    List<Exchange> inFlight(String flow) {
        return context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> RouteName.isOf(flow, id))
                .flatMap(id -> context.getInflightRepository().browse(id).stream())
                .map(InflightExchange::getExchange)
                .distinct()
                .toList();
    }

    /** Takes a flow's routes out, connectors last; runs still in flight are cut off. */
    void remove(String flow) {
        starters.leave(flow);
        List<RouteDefinition> owned = definitions().stream()
                .filter(route -> isOwned(flow, route.getRouteId()))
                .sorted(Comparator.comparing(route -> !RouteName.isOf(flow, route.getRouteId())))
                .toList();
        try {
            for (RouteDefinition route : owned) {
                context.getRouteController().stopRoute(route.getRouteId(), 1, TimeUnit.SECONDS);
                synchronized (guard()) { // else Camel's map of managed processors is changed while it is read
                    model().removeRouteDefinition(route);
                }
            }
        } catch (Exception e) { // as above
            throw new IllegalStateException(flow + " cannot be taken out of the running routes", e);
        }
    }

    /** As they are now: others add to Camel's list, and take from it. */
    private List<RouteDefinition> definitions() {
        synchronized (guard()) {
            return List.copyOf(model().getRouteDefinitions());
        }
    }

    private static boolean isOwned(String flow, String route) {
        return RouteName.isOf(flow, route) || route.startsWith(flow + "-");
    }

    private ModelCamelContext model() {
        return (ModelCamelContext) context;
    }
}
