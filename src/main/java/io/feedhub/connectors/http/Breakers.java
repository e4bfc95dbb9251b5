package io.feedhub.connectors.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Leaves a service alone that fails again and again, or that asked for it: one breaker per service, on this node.
 * Thread-safe.
 */
@Component
final class Breakers {
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    private final Clock clock;
    private final MeterRegistry meters;

    Breakers(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * The breaker to report the call's end to.
     *
     * @throws NotSent when the service is to be left alone now; it says since or until when, and why
     */
    Breaker enter(Call call, Services.Service service) throws NotSent {
        respect(call.service());
        respect(call.limited());
        Breaker breaker = breakers.computeIfAbsent(call.service(), key -> create(key, service.pause()));
        breaker.enter();
        return breaker;
    }

    private void respect(String name) throws NotSent {
        Wish wish = wishes.get(name);
        if (wish != null && clock.instant().isBefore(wish.until())) {
            throw new NotSent(name + " asked to be left alone until " + wish.until() + ": " + wish.reason());
        }
    }

    /** A wish of a service, or of a part of one: no call goes there for so long. */
    void quiet(String name, Duration wait, String reason) {
        Instant until = clock.instant().plus(wait).truncatedTo(ChronoUnit.MILLIS);
        wishes.merge(name, new Wish(until, reason), (a, b) -> a.until().isAfter(b.until()) ? a : b);
    }

    private Breaker create(String name, Duration pause) {
        Breaker breaker = new Breaker(name, pause, clock);
        Gauge.builder("feedhub.service.open", breaker, each -> each.isOpen() ? 1 : 0)
                .description("1 while the service is left alone because it failed again and again")
                .tag("service", name)
                .register(meters);
        return breaker;
    }

    private record Wish(Instant until, String reason) {}
}
