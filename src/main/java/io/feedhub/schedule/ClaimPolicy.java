package io.feedhub.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Claims an occurrence before the first step of a scheduled route, and closes it after the last. A run that could not
 * claim its instant takes no step: Camel swallows what a route policy throws, so the policy stops the exchange itself.
 */
final class ClaimPolicy extends RoutePolicySupport {
    private static final Logger log = LoggerFactory.getLogger(ClaimPolicy.class);
    private static final String RUN = "feedhub.run";
    private static final String FLOW = "feedhub.flow";
    private static final String EPOCH = "feedhub.epoch";
    private static final String SCHEDULED_AT = "feedhub.scheduledAt";

    private final Occurrences occurrences;
    private final MeterRegistry meters;
    private final Clock clock;

    ClaimPolicy(Occurrences occurrences, MeterRegistry meters, Clock clock) {
        this.occurrences = occurrences;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        String flow = route.getRouteId();
        Instant scheduledAt = scheduledAt(exchange);
        try {
            Optional<Long> run = occurrences.claim(flow, scheduledAt);
            run.ifPresentOrElse(id -> begin(exchange, flow, id, scheduledAt), () -> exchange.setRouteStop(true));
        } catch (RuntimeException e) {
            log.error(
                    "{}: the occurrence of {} could not be claimed and does not run: {}",
                    flow,
                    scheduledAt,
                    e.getMessage());
            exchange.setRouteStop(true);
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        Tally.of(exchange).ifPresent(tally -> end(route.getRouteId(), exchange, tally));
    }

    private void end(String flow, Exchange exchange, Tally tally) {
        long run = exchange.getProperty(RUN, Long.class);
        tally.countBatch(exchange);
        String error = reason(exchange.getException());
        if (error != null) {
            log.warn("{}: run {} failed: {}", flow, run, error);
        }
        try {
            occurrences.close(run, tally, error);
        } catch (RuntimeException e) {
            log.error("{}: the end of run {} could not be recorded: {}", flow, run, e.getMessage());
        }
        measure(flow, exchange, tally, error == null ? "done" : "failed");
    }

    private void begin(Exchange exchange, String flow, long run, Instant scheduledAt) {
        exchange.setProperty(RUN, run);
        exchange.setProperty(EPOCH, 1);
        exchange.setProperty(FLOW, flow);
        exchange.setProperty(SCHEDULED_AT, scheduledAt.getEpochSecond());
        Tally.startOn(exchange);
        meters.timer("feedhub.occurrence.lag", "flow", flow).record(Duration.between(scheduledAt, clock.instant()));
    }

    private void measure(String flow, Exchange exchange, Tally tally, String outcome) {
        meters.counter("feedhub.occurrences", "flow", flow, "outcome", outcome).increment();
        meters.counter("feedhub.items", "flow", flow, "result", "out").increment(tally.out());
        meters.counter("feedhub.items", "flow", flow, "result", "parked").increment(tally.parked());
        Timer.builder("feedhub.run")
                .tag("flow", flow)
                .register(meters)
                .record(Duration.ofMillis(exchange.getClock().elapsed()));
    }

    private Instant scheduledAt(Exchange exchange) {
        Date fireTime = exchange.getMessage().getHeader("scheduledFireTime", Date.class);
        return fireTime == null ? clock.instant() : fireTime.toInstant();
    }

    private static @Nullable String reason(@Nullable Throwable error) {
        if (error == null) {
            return null;
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        // only the first line: PostgreSQL's further lines repeat the row
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
