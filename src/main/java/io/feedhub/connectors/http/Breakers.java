package io.feedhub.connectors.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Leaves a service alone that fails again and again, or that asked for it: one breaker per service, on this node.
 * Thread-safe.
 */
@Component
final class Breakers {
    private static final int WINDOW = 10;

    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, Instant> quietUntil = new ConcurrentHashMap<>();
    private final Clock clock;
    private final MeterRegistry meters;

    Breakers(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * The breaker to report the call's end to.
     *
     * @throws ServiceDown when the service is to be left alone now
     */
    CircuitBreaker enter(String name, Services.Service service) throws ServiceDown {
        Instant until = quietUntil.get(name);
        if (until != null && clock.instant().isBefore(until)) {
            throw new ServiceDown(name + " asked to be left alone until " + until);
        }
        CircuitBreaker breaker = breakers.computeIfAbsent(name, key -> create(key, service.pause()));
        if (!breaker.tryAcquirePermission()) {
            throw new ServiceDown(name + " failed again and again and is left alone for "
                    + service.pause().toSeconds() + " s");
        }
        return breaker;
    }

    /** A service's own wish: no call goes there for so long. */
    void quiet(String name, Duration wait) {
        quietUntil.merge(name, clock.instant().plus(wait), (a, b) -> a.isAfter(b) ? a : b);
    }

    private CircuitBreaker create(String name, Duration pause) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(WINDOW)
                .waitDurationInOpenState(pause.isZero() ? Duration.ofSeconds(1) : pause)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build();
        CircuitBreaker breaker = CircuitBreaker.of(name, config);
        if (pause.isZero()) {
            breaker.transitionToDisabledState();
        }
        Gauge.builder("feedhub.service.open", breaker, Breakers::openness)
                .description("1 while the service is left alone because it failed again and again")
                .tag("service", name)
                .register(meters);
        return breaker;
    }

    private static double openness(CircuitBreaker breaker) {
        return breaker.getState() == CircuitBreaker.State.OPEN ? 1 : 0;
    }
}
