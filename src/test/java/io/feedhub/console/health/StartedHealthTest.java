package io.feedhub.console.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

/** When the hub says that it is there. */
class StartedHealthTest {
    private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
    private final StartedHealth health = new StartedHealth(availability);

    @Test
    void theHubIsOutOfServiceUntilItsFlowsAreLoadedAndWhileItStops() {
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        publish(ReadinessState.ACCEPTING_TRAFFIC);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        publish(ReadinessState.REFUSING_TRAFFIC);
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    private void publish(ReadinessState state) {
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }
}
