package io.feedhub.flows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.stereotype.Component;

/** Where files become routes of the running Camel context, one file at a time. What fails leaves nothing behind. */
@Component
final class Stage {
    private final CamelContext context;

    Stage(CamelContext context) {
        this.context = context;
    }

    /** Builds and starts everything a file holds. */
    void load(FlowFile file) throws Refused {
        Set<String> before = routeIds();
        Resource resource = ResourceHelper.fromString(file.name(), file.text());
        try {
            PluginHelper.getRoutesLoader(context).updateRoutes(List.of(resource));
        } catch (Exception e) { // Camel's loader declares no narrower one
            Set<String> debris = new HashSet<>(routeIds());
            debris.removeAll(before);
            remove(debris);
            throw new Refused(Culprit.find(file, e), e);
        }
    }

    private Set<String> routeIds() {
        Set<String> ids = model().getRouteDefinitions().stream()
                .map(RouteDefinition::getRouteId)
                .collect(Collectors.toSet());
        context.getRoutes().stream().map(Route::getRouteId).forEach(ids::add);
        return ids;
    }

    private void remove(Set<String> ids) throws Refused {
        for (String id : ids) {
            try {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            } catch (Exception e) { // as above
                throw new IllegalStateException("what " + id + " left behind cannot be removed", e);
            }
        }
        List<RouteDefinition> left = model().getRouteDefinitions().stream()
                .filter(route -> ids.contains(route.getRouteId()))
                .toList();
        model().getRouteDefinitions().removeAll(left);
    }

    private ModelCamelContext model() {
        return (ModelCamelContext) context;
    }
}
