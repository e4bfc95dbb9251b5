package io.feedhub.schedule;

import io.feedhub.runs.RunMark;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;

/**
 * Tells {@link Plans} when a flow's route comes and goes, and lets no exchange pass without a run: one that something else
 * than the schedule sends, such as an HTTP call, gets its own. Camel swallows what a route policy throws, so a run that
 * cannot be recorded is stopped here.
 *
 * <p>It is no service, as Camel's own policies are: of those the context keeps a list that it walks and copies for each route.
 */
final class ClaimPolicy implements RoutePolicy {
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

    @Override
    public void onInit(Route route) {
        // the plan begins with the start
    }

    @Override
    public void onRemove(Route route) {
        // and ends with the stop, which comes before
    }

    @Override
    public void onSuspend(Route route) {
        // a pause is the plan's own, see Pauses
    }

    @Override
    public void onResume(Route route) {
        // as above
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (RunMark.of(exchange).run() != null) {
            return;
        }
        try {
            Map<String, Object> before = RunMark.carried(exchange);
            Date planned = exchange.getMessage().getHeader("scheduledFireTime", Date.class);
            Instant at = planned == null ? null : planned.toInstant();
            boolean entered = plans.find(route.getRouteId())
                    .filter(plan -> runner.enter(plan, exchange, at))
                    .isPresent();
            exchange.setProperty(ENTERED, entered ? new Entered(route.getRouteId(), before) : null);
            exchange.setRouteStop(!entered);
        } catch (RuntimeException e) {
            exchange.setException(e);
            exchange.setRouteStop(true);
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        Long run = RunMark.of(exchange).run();
        Entered entered = exchange.getProperty(ENTERED, Entered.class);
        if (run != null && entered != null && entered.route().equals(route.getRouteId())) {
            runner.left(run, exchange);
            RunMark.replace(exchange, entered.before()); // what called the route, a digest's delivery say, goes on
        }
    }

    /**
     * A route by which an exchange has got a run.
     *
     * @param before what it carried until then
     */
    private record Entered(String route, Map<String, Object> before) {}
}
