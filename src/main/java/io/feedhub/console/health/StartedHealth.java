package io.feedhub.console.health;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** The hub is out of service until every flow has been looked at after a start, and while it stops. */
@Component
final class StartedHealth implements HealthIndicator {
    private final ApplicationAvailability availability;

    StartedHealth(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Override
    public Health health() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "the flows are being loaded, or the hub stops")
                        .build();
    }
}
