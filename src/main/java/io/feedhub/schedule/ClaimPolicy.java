package io.feedhub.schedule;

import java.time.Instant;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Tells {@link Plans} when a flow's route comes and goes, and lets no exchange pass without a run: one that something else
 * than the schedule sends, such as an HTTP call, gets its own. Camel swallows what a route policy throws, so a run that
 * cannot be recorded is stopped here.
 */
final class ClaimPolicy extends RoutePolicySupport {
    static final String RUN = "feedhub.run";
    static final String FLOW = "feedhub.flow";
    static final String EPOCH = "feedhub.epoch";

    /** A {@code Consumer<String>} that ends the run at once, as failed for the reason it is given. */
    static final String GIVE_UP = "feedhub.giveUp";

    /** A {@code BooleanSupplier}: whether the run was given up, and what it still writes is not wanted. */
    static final String GIVEN_UP = "feedhub.givenUp";

    static final String SCHEDULED_AT = "feedhub.scheduledAt";

    private static final String ENTERED = "feedhub.entered";

    private final Plans plans;
    private final Runner runner;
    private final Terms terms;

    ClaimPolicy(Plans plans, Runner runner, Terms terms) {
        this.plans = plans;
        this.runner = runner;
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

    /** Camel makes every policy a service of its own and forgets it when the route is gone. */
    @Override
    public void onRemove(Route route) {
        try {
            route.getCamelContext().removeService(this);
        } catch (Exception e) { // CamelContext declares no narrower one
            throw new IllegalStateException("the policy of " + route.getRouteId() + " stays behind", e);
        }
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (exchange.getProperty(RUN) != null) {
            return;
        }
        try {
            Date planned = exchange.getMessage().getHeader("scheduledFireTime", Date.class);
            Instant at = planned == null ? null : planned.toInstant();
            boolean entered = plans.find(route.getRouteId())
                    .filter(plan -> runner.enter(plan, exchange, at))
                    .isPresent();
            exchange.setProperty(ENTERED, entered ? route.getRouteId() : null);
            exchange.setRouteStop(!entered);
        } catch (RuntimeException e) {
            exchange.setException(e);
            exchange.setRouteStop(true);
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (route.getRouteId().equals(exchange.getProperty(ENTERED))) {
            runner.left(exchange.getProperty(RUN, Long.class), exchange);
        }
    }
}
