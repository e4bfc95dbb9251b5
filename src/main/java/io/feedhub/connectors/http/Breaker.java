package io.feedhub.connectors.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a service that fails again and again is left alone, since when, and what it last did wrong. Thread-safe. */
final class Breaker {
    private static final int WINDOW = 10;

    private final String service;
    private final Duration pause;
    private final Clock clock;
    private final CircuitBreaker circuit;
    private volatile @Nullable Instant since;
    private volatile String lastFailure = "";

    /** @param pause how long it is left alone; zero for never */
    Breaker(String service, Duration pause, Clock clock) {
        this.service = service;
        this.pause = pause;
        this.clock = clock;
        this.circuit = CircuitBreaker.of(
                service,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(WINDOW)
                        .waitDurationInOpenState(pause.isZero() ? Duration.ofSeconds(1) : pause)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(clock)
                        .build());
        if (pause.isZero()) {
            circuit.transitionToDisabledState();
        }
        circuit.getEventPublisher().onStateTransition(event -> moved(event.getStateTransition()));
    }

    /** @throws NotSent when the service is left alone now; it names what led to that */
    void enter() throws NotSent {
        if (!circuit.tryAcquirePermission()) {
            Instant begin = Objects.requireNonNullElseGet(since, clock::instant);
            throw new NotSent(service + " failed again and again and is left alone since "
                    + begin.truncatedTo(ChronoUnit.SECONDS) + ", but for a try every " + pause.toSeconds()
                    + " s; the last failure: " + lastFailure);
        }
    }

    /** It answered. */
    void worked(Duration took) {
        circuit.onSuccess(took.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param failure without an address or a token */
    void failed(Duration took, String failure) {
        lastFailure = failure;
        circuit.onError(took.toMillis(), TimeUnit.MILLISECONDS, new ServiceDown(failure));
    }

    /** It was not called after all, or its answer is not waited for. */
    void left() {
        circuit.releasePermission();
    }

    boolean isOpen() {
        return circuit.getState() == State.OPEN;
    }

    /** A try that fails goes on with the same pause, and does not begin another. */
    private void moved(StateTransition transition) {
        if (transition == StateTransition.CLOSED_TO_OPEN) {
            since = clock.instant();
        }
    }
}
