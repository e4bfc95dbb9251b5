package io.feedhub.delivery;

import io.feedhub.delivery.Ledger.Answer;
import io.feedhub.delivery.Ledger.Envelope;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one channel's messages, one after the other, in the ledger's order. Its loop survives whatever goes wrong. */
final class Sender implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    /** How soon a message is found that another node wrote, or whose wake-up was lost. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final String channel;
    private final String webhook;
    private final Ledger ledger;
    private final Discord discord;
    private final MeterRegistry meters;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Sender(String channel, String webhook, Ledger ledger, Discord discord, MeterRegistry meters) {
        this.channel = channel;
        this.webhook = webhook;
        this.ledger = ledger;
        this.discord = discord;
        this.meters = meters;
    }

    void wake() {
        work.release();
    }

    /** Ends the loop after the message that is being sent. */
    void stop() {
        stopped.countDown();
        work.release();
    }

    @Override
    public void run() {
        try {
            while (stopped.getCount() > 0) {
                Optional<Duration> pause = sendNextSafely();
                if (pause.isPresent()) {
                    rest(pause.get());
                } else {
                    awaitWork();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Duration> sendNextSafely() throws InterruptedException {
        try {
            return sendNext();
        } catch (RuntimeException e) {
            log.warn(
                    "#{}: the ledger does not answer, next look in {} s: {}",
                    channel,
                    LOOK.toSeconds(),
                    e.getMessage());
            return Optional.of(LOOK);
        }
    }

    /** Sends the next message that is due, and tells how long the channel must rest; empty when nothing was due. */
    private Optional<Duration> sendNext() throws InterruptedException {
        Optional<Envelope> next = ledger.take(channel);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Answer answer = discord.send(webhook, next.get());
        ledger.record(next.get(), answer);
        meters.counter("feedhub.deliveries", "channel", channel, "result", answer.state())
                .increment();
        if (answer.reason() != null) {
            log.warn("#{}: message {} is {}: {}", channel, next.get().id(), answer.state(), answer.reason());
        }
        return Optional.of(answer.pause());
    }

    private void rest(Duration pause) throws InterruptedException {
        if (!pause.isZero() && stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("#{}: stopped during a rest", channel);
        }
    }

    private void awaitWork() throws InterruptedException {
        if (work.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }
}
