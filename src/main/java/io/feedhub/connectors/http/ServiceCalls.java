package io.feedhub.connectors.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.stereotype.Component;

/** Calls services by name. What goes wrong is said without an address or a token. Thread-safe. */
@Component
public final class ServiceCalls {
    private final Services services;
    private final Wire wire;
    private final Tokens tokens;
    private final Breakers breakers;
    private final Clock clock;
    private final MeterRegistry meters;

    ServiceCalls(Services services, Wire wire, Tokens tokens, Breakers breakers, Clock clock, MeterRegistry meters) {
        this.services = services;
        this.wire = wire;
        this.tokens = tokens;
        this.breakers = breakers;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Sends one request, once, and reads the answer, whatever its status.
     *
     * @throws ServiceDown when the service was not reached, is left alone, or a repeatable call got no whole answer
     * @throws OutcomeUnknown when a call that may have taken effect got no whole answer
     * @throws ServiceRefused when the service is not configured, its address is refused, or the answer is too long
     */
    public Answer send(Call call) throws IOException {
        Services.Service service = services.get(call.service());
        URI address = address(call, service);
        tokens.sign(call, service);
        CircuitBreaker breaker = breakers.enter(call.service(), service);
        long begin = clock.millis();
        String outcome = "down";
        try {
            Answer answer = wire.exchange(address, call, service.timeout());
            outcome = settle(answer, call, breaker, begin);
            return answer;
        } catch (IOException e) {
            breaker.onError(clock.millis() - begin, TimeUnit.MILLISECONDS, e);
            throw typed(call, e);
        } finally {
            meters.timer("feedhub.service.calls", "service", call.service(), "outcome", outcome)
                    .record(Duration.ofMillis(clock.millis() - begin));
        }
    }

    /** Leaves a service alone for a while, because it said so in its own way. */
    public void quiet(String service, Duration wait) {
        breakers.quiet(service, wait);
    }

    private String settle(Answer answer, Call call, CircuitBreaker breaker, long begin) {
        long took = clock.millis() - begin;
        if (answer.status() == 429 || answer.status() == 503) {
            answer.retryAfter(clock).ifPresent(wait -> breakers.quiet(call.service(), wait));
        }
        if (answer.status() == 408 || answer.status() >= 500) {
            breaker.onError(took, TimeUnit.MILLISECONDS, new ServiceDown(call.name()));
            return "down";
        }
        if (answer.status() == 401) {
            tokens.forget(call.service());
        }
        breaker.onSuccess(took, TimeUnit.MILLISECONDS);
        return answer.status() < 300 ? "ok" : "refused";
    }

    private static URI address(Call call, Services.Service service) {
        String base = String.valueOf(service.url()).replaceAll("/$", "");
        try {
            return URI.create(base + call.target());
        } catch (IllegalArgumentException e) {
            throw new ServiceRefused(call.name() + " is no address; write feedhub.services." + call.service()
                    + ".url as http(s)://host:port/path");
        }
    }

    /** Only what was never sent, or does no harm twice, is worth another try. */
    private static IOException typed(Call call, IOException e) {
        if (e instanceof Guard.Refused || e instanceof Bounds.TooLong) {
            throw new ServiceRefused(call.name() + ": " + e.getMessage());
        }
        if (e instanceof ConnectException
                || e instanceof ConnectTimeoutException
                || e instanceof ConnectionRequestTimeoutException
                || e instanceof NoRouteToHostException
                || e instanceof UnknownHostException) {
            return new ServiceDown(call.service() + " is not reached");
        }
        String how = e instanceof SocketTimeoutException ? " did not answer in time" : " broke off";
        return Answer.lost(call, call.name() + how);
    }
}
