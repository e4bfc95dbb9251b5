package io.feedhub.console.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.MovableClock;
import io.feedhub.console.signin.Lockout.Locked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;

class LockoutTest {
    private final MovableClock clock =
            new MovableClock(Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));
    private final Lockout lockout = new Lockout(clock, 5);
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void theWaitDoublesWithEachWrongOne() {
        for (int i = 0; i < 5; i++) {
            wrong();
        }
        for (int wait : List.of(30, 60, 120, 240, 480, 900, 900)) {
            assertThatThrownBy(this::right).isInstanceOf(Locked.class);
            clock.move(Duration.ofSeconds(wait - 1));
            assertThatThrownBy(this::right).isInstanceOf(Locked.class);
            clock.move(Duration.ofSeconds(1));
            wrong();
        }
    }

    @Test
    void aRightOneForgetsTheWrongOnes() {
        for (int i = 0; i < 30; i++) {
            wrong();
            wrong();
            right();
        }
    }

    @Test
    void anHourForgets() {
        for (int i = 0; i < 4; i++) {
            wrong();
        }
        clock.move(Duration.ofHours(1));
        for (int i = 0; i < 4; i++) {
            wrong();
        }
        right();
    }

    @Test
    void manyAtOnceAreNoWayRound() throws Exception {
        var threads = Executors.newFixedThreadPool(16);
        List<Callable<Object>> tries = Stream.generate(() -> Executors.callable(() -> {
                    try {
                        lockout.attempt("ada", this::fail);
                    } catch (BadCredentialsException | Locked e) {
                        // what it is all about
                    }
                }))
                .limit(200)
                .toList();
        threads.invokeAll(tries);
        threads.shutdown();
        assertThat(made).hasValue(5);
    }

    private void wrong() {
        assertThatThrownBy(() -> lockout.attempt("ada", this::fail)).isInstanceOf(BadCredentialsException.class);
    }

    private void right() {
        assertThat(lockout.attempt("ada", () -> "in")).isEqualTo("in");
    }

    private Object fail() {
        made.incrementAndGet();
        throw new BadCredentialsException("no");
    }
}
