package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The last step of the Kamelet {@code discord-sink}: writes the message to the ledger, in the transaction around it, and
 * wakes the sender when that has committed.
 */
@Component("outbox")
final class Outbox implements Processor {
    private final Ledger ledger;
    private final Senders senders;
    private final ObjectMapper json;

    Outbox(Ledger ledger, Senders senders, ObjectMapper json) {
        this.ledger = ledger;
        this.senders = senders;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        String flow = exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class);
        Long run = exchange.getProperty("feedhub.run", Long.class);
        String channel = take(exchange, "channel");
        ledger.write(
                flow,
                run,
                channel,
                json.writeValueAsString(Embed.payload(
                        take(exchange, "title"),
                        take(exchange, "text"),
                        take(exchange, "url"),
                        take(exchange, "tone"),
                        footer(flow, run))));
        afterCommit(() -> senders.wake(channel));
    }

    /** The short key by which a person finds the run of a message, and the message of a run. */
    private static String footer(String flow, @Nullable Long run) {
        return run == null ? flow : flow + " · run " + run;
    }

    private static String take(Exchange exchange, String name) {
        Object value = exchange.removeVariable("discord." + name);
        return value == null ? "" : value.toString();
    }

    private static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
