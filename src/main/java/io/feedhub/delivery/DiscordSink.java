package io.feedhub.delivery;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The last step of the Kamelet {@code discord-sink}: puts the message into the outbox. */
@Component("discord-sink")
final class DiscordSink implements Processor {
    private final Outbox outbox;
    private final Embed embeds;

    DiscordSink(Outbox outbox, Embed embeds) {
        this.outbox = outbox;
        this.embeds = embeds;
    }

    @Override
    public void process(Exchange exchange) {
        outbox.put(List.of(new Outgoing(
                exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class),
                exchange.getProperty("feedhub.run", Long.class),
                exchange.getProperty("feedhub.epoch", Integer.class),
                take(exchange, "channel"),
                embeds.payload(
                        take(exchange, "title"), take(exchange, "text"), take(exchange, "url"), take(exchange, "tone")),
                false,
                0)));
    }

    private static String take(Exchange exchange, String name) {
        Object value = exchange.removeVariable("discord." + name);
        return value == null ? "" : value.toString();
    }
}
