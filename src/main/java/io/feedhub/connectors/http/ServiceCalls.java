package io.feedhub.connectors.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
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
     * @throws NotSent when the service was not reached, or is left alone
     * @throws ServiceDown when a repeatable call got no whole answer
     * @throws OutcomeUnknown when a call that may have taken effect got no whole answer
     * @throws ServiceRefused when the service is not configured, or its address is refused
     * @throws AnswerTooLong when the answer to a repeatable call is too long
     */
    public Answer send(Call call) throws IOException {
        Services.Service service = services.get(call.service());
        URI address = address(call, service);
        tokens.sign(call, service);
        Breaker breaker = breakers.enter(call, service);
        long begin = clock.millis();
        String outcome = "down";
        try {
            Answer answer = wire.exchange(address, call, service.timeout());
            outcome = settle(answer, call, breaker, begin);
            return answer;
        } catch (ConnectionRequestTimeoutException e) { // the hub's own limit, which says nothing of the service
            breaker.left();
            throw new NotSent("all connections to " + call.service() + " are in use");
        } catch (IOException e) {
            throw typed(call, e, breaker, since(begin));
        } catch (RuntimeException e) {
            breaker.failed(since(begin), call.name() + " broke off");
            throw e;
        } catch (Error e) { // this machine's, such as no memory; a try that never ends would close the service for good
            breaker.left();
            throw e;
        } finally {
            meters.timer("feedhub.service.calls", "service", call.service(), "outcome", outcome)
                    .record(since(begin));
        }
    }

    /**
     * Leaves the service of a call, or the part of it that the call names, alone for a while, because it said so in its own
     * way.
     *
     * @param reason what it said, for whoever is refused meanwhile
     */
    public void quiet(Call call, Duration wait, String reason) {
        breakers.quiet(call.limited(), wait, reason);
    }

    private Duration since(long begin) {
        return Duration.ofMillis(clock.millis() - begin);
    }

    private String settle(Answer answer, Call call, Breaker breaker, long begin) {
        if (answer.status() == 429 || answer.status() == 503) {
            answer.retryAfter(clock).ifPresent(wait -> quiet(call, wait, answer.failure()));
        }
        if (answer.status() == 408 || answer.status() >= 500) {
            breaker.failed(since(begin), answer.failure());
            return "down";
        }
        if (answer.status() == 401) {
            tokens.forget(call.service());
        }
        breaker.worked(since(begin));
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

    private static String words(Call call, IOException e) {
        if (e instanceof SsrfGuard.Refused || e instanceof Bounds.TooLong) {
            return call.name() + ": " + e.getMessage();
        }
        if (e instanceof CallUnderWay.NeverSent) {
            return call.service() + " is not reached";
        }
        if (isRunOver(e)) {
            return call.name() + " was broken off: its run was given up";
        }
        return call.name() + (e instanceof SocketTimeoutException ? " did not answer in time" : " broke off");
    }

    private static boolean isRunOver(IOException e) {
        return e instanceof CallUnderWay.RunOver || e.getCause() instanceof CallUnderWay.RunOver;
    }

    /** Only what was never sent, or does no harm twice, is worth another try. Whoever answers at length is not broken. */
    private static IOException typed(Call call, IOException e, Breaker breaker, Duration took) {
        String failure = words(call, e);
        if (e instanceof Bounds.TooLong) {
            breaker.worked(took);
        } else if (isRunOver(e)) {
            breaker.left();
        } else {
            breaker.failed(took, failure);
        }
        if (e instanceof SsrfGuard.Refused) {
            throw new ServiceRefused(failure);
        }
        if (e instanceof Bounds.TooLong && call.isRepeatable()) {
            throw new AnswerTooLong(failure);
        }
        return e instanceof CallUnderWay.NeverSent ? new NotSent(failure) : Answer.lost(call, failure);
    }
}
