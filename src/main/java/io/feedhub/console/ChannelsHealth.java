package io.feedhub.console;

import io.feedhub.delivery.Queue;
import io.feedhub.delivery.Queues;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * One entry in health for each channel that is parked. {@code #alerts} tells of the others; when it is parked itself, nobody
 * else does.
 */
@Component("channelsHealthContributor")
final class ChannelsHealth implements CompositeHealthContributor {
    private final Queues queues;

    ChannelsHealth(Queues queues) {
        this.queues = queues;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        Health health = parked().get(name);
        return health == null ? null : (HealthIndicator) () -> health;
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return parked().entrySet().stream()
                .map(entry -> NamedContributor.<HealthContributor>of(entry.getKey(), (HealthIndicator) entry::getValue))
                .iterator();
    }

    /** Nothing while the database is away, which health has an entry of its own for. */
    private Map<String, Health> parked() {
        try {
            return queues.parked().stream().collect(Collectors.toMap(Queue::channel, ChannelsHealth::health));
        } catch (DataAccessResourceFailureException e) {
            return Map.of();
        }
    }

    private static Health health(Queue queue) {
        return Health.status("DEGRADED")
                .withDetail("reason", "parked since " + queue.parkedAt() + ": " + queue.reason())
                .withDetail("waiting", queue.waiting())
                .build();
    }
}
