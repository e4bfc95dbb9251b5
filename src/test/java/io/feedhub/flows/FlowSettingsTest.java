package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FlowSettingsTest {

    @Test
    void aSwapWaitsForFiveMinutesAtMost() {
        assertThat(withDrain("5m").edits().drain()).isEqualTo(Duration.ofMinutes(5));
        assertThat(withDrain("0s").edits().drain()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"301s", "15m", "-1s"})
    void aDrainThatKeepsOthersWaitingForTooLongIsRefused(String drain) {
        assertThatThrownBy(() -> withDrain(drain))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("feedhub.edits.drain must be from 0s to 5m, not ");
    }

    private static FlowSettings withDrain(String drain) {
        return new Binder(new MapConfigurationPropertySource(Map.of("feedhub.edits.drain", drain)))
                .bindOrCreate("feedhub", FlowSettings.class);
    }
}
