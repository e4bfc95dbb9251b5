package io.feedhub.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** {@code feedhub_outgoing_backlog}: what waits for each channel, asked once for all channels. */
@Component
final class Backlog implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Channels channels;
    private final Queues queues;
    private final Clock clock;
    private Map<String, Long> waiting = Map.of();
    private Instant asked = Instant.EPOCH;

    Backlog(Channels channels, Queues queues, Clock clock) {
        this.channels = channels;
        this.queues = queues;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        channels.configured().forEach(name -> Gauge.builder("feedhub.outgoing.backlog", () -> of(name))
                .tag("channel", name)
                .register(registry));
    }

    private synchronized long of(String channel) {
        Instant now = clock.instant();
        if (now.isAfter(asked.plus(FRESH))) {
            waiting = queues.all().stream().collect(Collectors.toMap(Queue::channel, Queue::waiting));
            asked = now;
        }
        return waiting.getOrDefault(channel, 0L);
    }
}
