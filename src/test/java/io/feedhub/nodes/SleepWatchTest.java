package io.feedhub.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SleepWatchTest {
    private final MovableClock clock = new MovableClock(Clock.systemUTC());
    private final List<Object> told = new ArrayList<>();
    private final SleepWatch watch = new SleepWatch(clock, told::add);

    @Test
    void aStartThatTakesLongIsNoSleep() {
        clock.move(Duration.ofSeconds(20));
        watch.begin();
        watch.look();
        assertThat(told).isEmpty();
    }

    @Test
    void aClockThatLeapsIsOne() {
        watch.begin();
        clock.move(Duration.ofSeconds(20));
        watch.look();
        assertThat(told).hasAtLeastOneElementOfType(Slept.class);
    }
}
