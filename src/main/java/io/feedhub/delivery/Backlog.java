package io.feedhub.delivery;

import io.feedhub.database.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** {@code feedhub_outgoing_backlog}: what waits for each channel, asked once for all channels. */
@Component
final class Backlog implements MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(Backlog.class);

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Channels channels;
    private final Queues queues;
    private final Clock clock;
    private Map<String, Long> waiting = Map.of();
    private boolean known;
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

    /** Not a number while the database does not answer. */
    private synchronized double of(String channel) {
        Instant now = clock.instant();
        if (now.isAfter(asked.plus(FRESH)) || now.isBefore(asked)) { // the clock was set back
            ask();
        }
        return known ? waiting.getOrDefault(channel, 0L) : Double.NaN;
    }

    /** That there is no answer holds as long as an answer: each channel would wait for the database again. */
    private void ask() {
        try {
            waiting = queues.all().stream().collect(Collectors.toMap(Queue::channel, Queue::waiting));
            known = true;
        } catch (DataAccessException | TransactionException e) {
            log.warn("what waits for the channels is not known: {}", Reason.of(e));
            known = false;
        } catch (RuntimeException e) {
            log.error("what waits for the channels is not known", e);
            known = false;
        } finally {
            asked = clock.instant(); // and not from before: the wait may have been longer than an answer is fresh
        }
    }
}
