package io.feedhub.console.health;

import io.feedhub.nodes.Heartbeat;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * A node whose beats the database does not take runs nothing, though it is up and the database may answer: it may only be read, its
 * table is locked, or another process has the node's name.
 */
@Component("nodeHealthIndicator")
final class NodeHealth implements HealthIndicator {
    private final Heartbeat heartbeat;

    NodeHealth(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public Health health() {
        return heartbeat.isHeard()
                ? Health.up().build()
                : Degraded.because("the database does not take this node's beats, so it runs no flow; the log says why")
                        .build();
    }
}
