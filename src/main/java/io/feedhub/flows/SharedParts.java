package io.feedhub.flows;

import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Beans and route configurations in the running Camel context: what files of {@code beans/} and {@code _shared/} hold. */
@Component
final class SharedParts {
    private final CamelContext context;
    private final LiveRoutes routes;
    private final Map<String, List<RouteConfigurationDefinition>> policies = new ConcurrentHashMap<>();

    SharedParts(CamelContext context, LiveRoutes routes) {
        this.context = context;
        this.routes = routes;
    }

    /** Puts a file in the place of another; when it cannot be built the old one is back. */
    void exchange(@Nullable FlowFile old, @Nullable FlowFile next) throws Refused {
        if (old != null) {
            takeOut(old);
        }
        if (next == null) {
            return;
        }
        try {
            bringIn(next);
        } catch (Refused e) {
            takeOut(next);
            if (old != null) {
                bringIn(old);
            }
            throw e;
        }
    }

    private void bringIn(FlowFile file) throws Refused {
        List<RouteConfigurationDefinition> before = new ArrayList<>(definitions());
        try {
            routes.load(file);
        } finally {
            List<RouteConfigurationDefinition> added = new ArrayList<>(definitions());
            added.removeIf(definition -> before.stream().anyMatch(other -> other == definition));
            policies.put(file.name(), added);
        }
    }

    /** By identity: Camel gives a configuration without an id a new one when it is asked for it, and then it is not global. */
    private void takeOut(FlowFile file) {
        List<RouteConfigurationDefinition> ours = policies.getOrDefault(file.name(), List.of());
        definitions().removeIf(definition -> ours.stream().anyMatch(other -> other == definition));
        policies.remove(file.name());
        BeanNames.in(file).forEach(context.getRegistry()::unbind);
    }

    private List<RouteConfigurationDefinition> definitions() {
        return ((ModelCamelContext) context).getRouteConfigurationDefinitions();
    }
}
