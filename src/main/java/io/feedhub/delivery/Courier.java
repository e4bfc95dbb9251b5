package io.feedhub.delivery;

import io.feedhub.database.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Carries messages from the ledger to Discord: one loop takes for all channels and writes down what came back, while the
 * sends themselves run side by side, one at a time in each channel. The loop survives whatever goes wrong.
 */
@Component
final class Courier implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** How soon a message is found that another node wrote. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration TIDY = Duration.ofHours(1);

    private final Channels channels;
    private final Dispatch dispatch;
    private final Queues queues;
    private final Postman postman;
    private final Aftermath aftermath;
    private final Clock clock;
    private final Duration look;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(work -> new Thread(work, "sender-" + numbers.incrementAndGet()));
    private final Lanes lanes = new Lanes();
    private final UnrecordedRounds unrecorded;
    private volatile boolean stopping;
    private boolean opened;
    private Instant looked = Instant.EPOCH;
    private Instant tidied = Instant.EPOCH;

    @Autowired
    Courier(Channels channels, Dispatch dispatch, Queues queues, Postman postman, MeterRegistry meters, Clock clock) {
        this(channels, dispatch, queues, postman, meters, clock, LOOK);
    }

    /** @param look how long at most until the ledger is looked at by itself */
    Courier(
            Channels channels,
            Dispatch dispatch,
            Queues queues,
            Postman postman,
            MeterRegistry meters,
            Clock clock,
            Duration look) {
        this.channels = channels;
        this.dispatch = dispatch;
        this.queues = queues;
        this.postman = postman;
        this.aftermath = new Aftermath(queues, meters);
        this.unrecorded = new UnrecordedRounds(dispatch, lanes, aftermath);
        this.clock = clock;
        this.look = look;
    }

    /**
     * Makes the channels known and closes what this node was sending when it was killed; when the database is away, the loop does.
     * Call before the loop begins.
     */
    void prepare() {
        try {
            open();
        } catch (DataAccessException | TransactionException e) {
            log.warn("the ledger does not answer while the hub starts: {}", Reason.of(e));
        }
    }

    private void open() {
        dispatch.open(channels.configured());
        dispatch.closeOwn().forEach(aftermath::tell);
        opened = true;
    }

    /** Something is on the ledger, or a channel is open again. */
    void wake() {
        events.add(() -> {});
    }

    /** Takes no more; the loop ends when what is under way has been answered and written down. */
    void stop() {
        stopping = true;
        wake();
    }

    @Override
    public void run() {
        try {
            while (!stopping || !lanes.areEmpty()) {
                turnSafely();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdown();
        }
    }

    private void turnSafely() throws InterruptedException {
        try {
            turn();
        } catch (DataAccessException | TransactionException e) {
            log.warn("the ledger does not answer, next look in {} s: {}", LOOK.toSeconds(), Reason.of(e));
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        } catch (RuntimeException | Error e) { // out of memory, say: without the loop nothing leaves until a restart
            log.error("the loop broke off, and goes on in {} s", LOOK.toSeconds(), e);
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private void turn() throws InterruptedException {
        if (!opened) {
            open();
        }
        unrecorded.writeDown(clock.instant());
        if (!stopping) {
            Instant now = clock.instant();
            boolean looking = now.isAfter(looked.plus(look)) || now.isBefore(looked); // the clock was set back
            if (looking) {
                look();
            }
            send(looking);
        }
        await();
    }

    /** What other nodes and people may have changed. */
    private void look() {
        looked = clock.instant();
        dispatch.closeAbandoned().forEach(aftermath::tell);
        if (looked.isAfter(tidied.plus(TIDY))) {
            tidied = queues.forget() == 0 ? looked : tidied;
        }
    }

    /** Sends in channels that are due; when looking, in all, since a person may have opened one. */
    private void send(boolean looking) {
        Instant asked = clock.instant();
        Map<String, Integer> wanted =
                looking ? lanes.free(channels.configured(), asked) : lanes.due(channels.configured(), asked);
        if (wanted.isEmpty()) {
            return;
        }
        dispatch.take(wanted).stream()
                .collect(Collectors.groupingBy(Envelope::channel))
                .forEach((channel, envelopes) -> begin(channel, envelopes, asked));
    }

    private void begin(String channel, List<Envelope> envelopes, Instant asked) {
        lanes.begin(channel);
        try {
            threads.execute(() -> carry(envelopes, asked));
        } catch (RuntimeException | Error e) { // no thread to be had, say
            log.error("#{}: nothing is sent now: {}", channel, e.toString());
            unrecorded.add(new Round(channel, List.of(), envelopes, Duration.ZERO));
        }
    }

    /** Whatever happens a round comes back: without one the lane would be taken for ever. */
    private void carry(List<Envelope> envelopes, Instant asked) {
        Round round = carried(envelopes, asked);
        events.add(() -> unrecorded.add(round));
    }

    private Round carried(List<Envelope> envelopes, Instant asked) {
        try {
            return postman.carry(envelopes, asked);
        } catch (RuntimeException | Error e) {
            String channel = envelopes.get(0).channel();
            log.error("#{}: a send broke off: {}", channel, e.getClass().getName()); // its words may hold the webhook
            return postman.brokenOff(envelopes);
        }
    }

    private void await() throws InterruptedException {
        Duration longest = lanes.rest(clock.instant(), look);
        Runnable event = events.poll(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
        while (event != null) {
            event.run();
            event = events.poll();
        }
    }
}
