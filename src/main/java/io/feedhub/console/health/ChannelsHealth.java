package io.feedhub.console.health;

import io.feedhub.delivery.Queue;
import io.feedhub.delivery.Queues;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.health.Health;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * One entry in health for each channel that is parked. {@code #alerts} tells of the others; when it is parked itself, nobody
 * else does.
 */
@Component("channelsHealthContributor")
final class ChannelsHealth extends Degraded {
    private final Queues queues;

    ChannelsHealth(Queues queues) {
        this.queues = queues;
    }

    /** Nothing while the database is away, which health has an entry of its own for. */
    @Override
    Map<String, Health> troubled() {
        try {
            return queues.parked().stream().collect(Collectors.toMap(Queue::channel, ChannelsHealth::health));
        } catch (DataAccessResourceFailureException e) {
            return Map.of();
        }
    }

    private static Health health(Queue queue) {
        return because("parked since " + queue.parkedAt() + ": " + queue.reason())
                .withDetail("waiting", queue.waiting())
                .build();
    }
}
