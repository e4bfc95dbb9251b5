package io.feedhub.schedule;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Tells {@link Plans} when a flow's route comes and goes, and lets no exchange pass a scheduled route that does not hold a
 * claim, whoever sent it.
 */
final class ClaimPolicy extends RoutePolicySupport {
    static final String RUN = "feedhub.run";
    static final String FLOW = "feedhub.flow";
    static final String EPOCH = "feedhub.epoch";
    static final String SCHEDULED_AT = "feedhub.scheduledAt";

    private final Plans plans;
    private final Terms terms;

    ClaimPolicy(Plans plans, Terms terms) {
        this.plans = plans;
        this.terms = terms;
    }

    @Override
    public void onStart(Route route) {
        plans.started(route, terms);
    }

    @Override
    public void onStop(Route route) {
        plans.stopped(route);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (route.getEndpoint() instanceof QuartzEndpoint && exchange.getProperty(RUN) == null) {
            exchange.setRouteStop(true);
        }
    }
}
