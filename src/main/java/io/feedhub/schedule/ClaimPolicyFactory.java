package io.feedhub.schedule;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives every flow's route a {@link ClaimPolicy}; Kamelets and the further parts of a flow run as part of it. */
@Component
final class ClaimPolicyFactory implements RoutePolicyFactory {
    private final Plans plans;
    private final Runner runner;

    ClaimPolicyFactory(Plans plans, Runner runner) {
        this.plans = plans;
        this.runner = runner;
    }

    /** @throws IllegalArgumentException when the route's properties are not {@link Terms}; the route is refused then */
    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return route instanceof RouteDefinition definition && isFlow(routeId, definition)
                ? new ClaimPolicy(plans, runner, Terms.of(definition))
                : null;
    }

    private static boolean isFlow(String routeId, RouteDefinition route) {
        String from = route.getEndpointUrl();
        return from.startsWith("quartz:") || (!from.startsWith("kamelet:") && !routeId.contains("."));
    }
}
