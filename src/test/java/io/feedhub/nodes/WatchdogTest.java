package io.feedhub.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void theProcessEndsWhenTheDatabaseAnswersAndNoHeartbeatWorks() {
        look(Duration.ofSeconds(61), true);
        assertThat(ends).hasValue(1);
    }

    @Test
    void itWaitsWhileTheDatabaseIsAway() {
        look(Duration.ofHours(1), false);
        assertThat(ends).hasValue(0);
    }

    @Test
    void itIsPatientForAMinute() {
        look(Duration.ofSeconds(59), true);
        assertThat(ends).hasValue(0);
    }

    private void look(Duration unheard, boolean databaseAnswers) {
        new Watchdog(() -> unheard, () -> databaseAnswers, ends::incrementAndGet).look();
    }
}
