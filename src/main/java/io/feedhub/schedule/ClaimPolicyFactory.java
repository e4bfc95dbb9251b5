package io.feedhub.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives every route that Quartz starts a {@link ClaimPolicy}; Kamelets and event-driven routes run as part of others. */
@Component
final class ClaimPolicyFactory implements RoutePolicyFactory {
    private final ClaimPolicy policy;

    ClaimPolicyFactory(Occurrences occurrences, MeterRegistry meters, Clock clock) {
        this.policy = new ClaimPolicy(occurrences, meters, clock);
        occurrences.closeInterrupted();
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return route instanceof NamedRoute named && named.getEndpointUrl().startsWith("quartz:") ? policy : null;
    }
}
