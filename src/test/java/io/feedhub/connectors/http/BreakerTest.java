package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final MovableClock clock = new MovableClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final Breaker breaker = new Breaker("tie", PAUSE, clock);

    @Test
    void aPauseSaysSinceWhenAndWhatWasLastWrongHoweverManyTriesFailedSince() throws Exception {
        for (int call = 0; call < 10; call++) {
            breaker.failed(MOMENT, "tie /runs answered 503");
        }
        assertThatThrownBy(breaker::enter)
                .isInstanceOf(ServiceDown.class)
                .hasMessageContaining("since 1970-01-01T00:00:00Z,")
                .hasMessageEndingWith("the last failure: tie /runs answered 503");
        clock.move(PAUSE.plusMillis(1));
        breaker.enter();
        breaker.failed(MOMENT, "tie /runs did not answer in time");
        assertThatThrownBy(breaker::enter)
                .hasMessageContaining("since 1970-01-01T00:00:00Z,")
                .hasMessageEndingWith("the last failure: tie /runs did not answer in time");
    }
}
