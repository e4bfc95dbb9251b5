package io.feedhub.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** One sender for each configured channel, each on a thread of its own, so that a limited channel holds up no other. */
@Component
final class Senders implements SmartLifecycle {
    private final Map<String, Sender> senders = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Ledger ledger;

    Senders(Channels channels, Ledger ledger, Discord discord, MeterRegistry meters) {
        this.ledger = ledger;
        channels.channels().forEach((name, channel) -> {
            if (channel.isConfigured()) {
                senders.put(name, new Sender(name, String.valueOf(channel.url()), ledger, discord, meters));
                Gauge.builder("feedhub.outgoing.backlog", () -> ledger.backlog(name))
                        .tag("channel", name)
                        .register(meters);
            }
        });
    }

    void wake(String channel) {
        Sender sender = senders.get(channel);
        if (sender != null) {
            sender.wake();
        }
    }

    @Override
    public void start() {
        ledger.closeInterrupted();
        senders.forEach((name, sender) -> {
            Thread thread = new Thread(sender, "send-" + name);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        });
    }

    @Override
    public void stop() {
        senders.values().forEach(Sender::stop);
        try {
            for (Thread thread : threads) {
                thread.join(Discord.ANSWER.toMillis() + 5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }
}
