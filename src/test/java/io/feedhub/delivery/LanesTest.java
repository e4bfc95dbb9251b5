package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final List<String> CHANNELS = List.of("infra", "ops");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final Lanes lanes = new Lanes();

    @Test
    void theLedgerIsAskedForNoChannelThatWasNotCalled() {
        assertThat(lanes.due(CHANNELS, NOW)).isEmpty();
        assertThat(lanes.free(CHANNELS)).as("but for a look").containsOnlyKeys(CHANNELS);
        lanes.call("ops");
        assertThat(lanes.due(CHANNELS, NOW)).containsOnlyKeys("ops");
        lanes.dismiss("ops");
        assertThat(lanes.due(CHANNELS, NOW)).isEmpty();
    }

    @Test
    void behindARoundMoreMayWait() {
        lanes.begin("ops");
        assertThat(lanes.due(CHANNELS, NOW)).as("one round at a time").isEmpty();
        lanes.end(new Round("ops", List.of(), List.of(), Duration.ZERO), NOW, Duration.ofSeconds(3));
        assertThat(lanes.due(CHANNELS, NOW)).as("it rests").isEmpty();
        assertThat(lanes.due(CHANNELS, NOW.plusSeconds(3))).containsOnlyKeys("ops");
    }
}
