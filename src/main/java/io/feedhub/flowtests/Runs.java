package io.feedhub.flowtests;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Runs a flow as its trigger would, through the flow's own consumer and policies, and waits for its end. */
@Component
@Profile("flow-tests")
final class Runs {
    private final CamelContext context;
    private final Tables tables;
    private final Digests digests;

    Runs(CamelContext context, Tables tables, Digests digests) {
        this.context = context;
        this.tables = tables;
        this.digests = digests;
    }

    /**
     * One run, and the delivery of the batches that it completes.
     *
     * @param planned the instant of the plan
     * @param body what starts a flow without a schedule
     */
    Ended run(String flow, Instant planned, @Nullable Object body) {
        Route route = context.getRoute(flow);
        if (route == null) {
            return new Ended("refused", "it has no route in this hub", 0);
        }
        Consumer consumer = route.getConsumer();
        Exchange exchange = consumer.createExchange(false);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader("scheduledFireTime", Date.from(planned));
        try {
            consumer.getProcessor().process(exchange);
        } catch (Exception e) { // Processor declares no narrower one
            exchange.setException(e);
        }
        digests.await();
        List<Object> rows = tables.json(
                "select to_jsonb(o) from feedhub.occurrence o where flow = ? and scheduled_at = ?",
                flow,
                Timestamp.from(planned));
        return rows.isEmpty() ? unrecorded(exchange) : recorded((Map<?, ?>) rows.get(0));
    }

    private static Ended recorded(Map<?, ?> run) {
        Object error = run.get("error");
        return new Ended(
                String.valueOf(run.get("outcome")),
                error == null ? null : error.toString(),
                run.get("parked") instanceof Integer parked ? parked : 0);
    }

    private static Ended unrecorded(Exchange exchange) {
        Exception error = exchange.getException();
        return error == null
                ? new Ended("done", null, 0)
                : new Ended(
                        "failed",
                        NestedExceptionUtils.getMostSpecificCause(error).getMessage(),
                        0);
    }

    /**
     * How a run ended.
     *
     * @param outcome done, failed, skipped, or running when it never ended
     * @param error its reason, or null
     * @param parked how many items were parked
     */
    record Ended(String outcome, @Nullable String error, int parked) {}
}
