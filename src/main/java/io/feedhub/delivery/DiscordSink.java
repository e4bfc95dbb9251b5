package io.feedhub.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The last step of the Kamelet {@code discord-sink}: makes a post of its parameters and puts it into the outbox. */
@Component("discord-sink")
final class DiscordSink implements Processor {
    private final Outbox outbox;
    private final Embeds embeds;

    DiscordSink(Outbox outbox, Embeds embeds) {
        this.outbox = outbox;
        this.embeds = embeds;
    }

    @Override
    public void process(Exchange exchange) {
        Origin origin = Origin.of(exchange, take(exchange, "channel"));
        boolean fold = Boolean.parseBoolean(take(exchange, "fold"));
        outbox.put(embeds.of(origin, post(exchange, take(exchange, "shape")), fold));
    }

    /** What the step says itself wins over its shape. */
    private static Post post(Exchange exchange, String shape) {
        Post shaped =
                shape.isBlank() ? Post.of("", "", "") : named(exchange, shape).of(exchange);
        return new Post(
                or(take(exchange, "title"), shaped.title()),
                or(take(exchange, "text"), shaped.text()),
                or(take(exchange, "url"), shaped.url()),
                or(take(exchange, "tone"), shaped.tone()),
                shaped.fields());
    }

    private static Shape named(Exchange exchange, String name) {
        Shape shape = exchange.getContext().getRegistry().lookupByNameAndType(name, Shape.class);
        if (shape == null) {
            throw new IllegalArgumentException("there is no shape " + name + "; beans/ has "
                    + String.join(
                            ", ",
                            exchange.getContext()
                                    .getRegistry()
                                    .findByTypeWithName(Shape.class)
                                    .keySet()));
        }
        return shape;
    }

    private static String or(String said, String shaped) {
        return said.isBlank() ? shaped : said;
    }

    private static String take(Exchange exchange, String name) {
        Object value = exchange.removeVariable("discord." + name);
        return value == null ? "" : value.toString();
    }
}
