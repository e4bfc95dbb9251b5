package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many runs a node takes on: three in all, two of one domain. */
class SlotsTest {
    private final Slots slots =
            new Slots(new Limits(3, 2, Duration.ofMinutes(30), 100, 3, Duration.ofDays(30), 20_000));

    @Test
    void aDomainTakesNoMoreThanItsShareAndLeavesRoomToTheOthers() {
        assertThat(slots.tryTake(flow("memory"))).isTrue();
        assertThat(slots.tryTake(flow("memory"))).isTrue();
        assertThat(slots.tryTake(flow("memory"))).as("a third of its domain").isFalse();
        assertThat(slots.tryTake(flow("design"))).isTrue();
        assertThat(slots.tryTake(flow("serenity"))).as("a fourth in all").isFalse();
    }

    @Test
    void whatWasRefusedTakesNoRoomAndWhatWasGivenBackMayBeTakenAgain() {
        slots.tryTake(flow("memory"));
        slots.tryTake(flow("memory"));
        for (int i = 0; i < 10; i++) {
            assertThat(slots.tryTake(flow("memory"))).isFalse();
        }
        assertThat(slots.tryTake(flow("design"))).as("the last of all").isTrue();
        slots.give(flow("memory"));
        assertThat(slots.tryTake(flow("memory"))).isTrue();
    }

    private static Plan flow(String domain) {
        return new Plan("flow", domain, Instant.EPOCH);
    }
}
