package io.feedhub.delivery;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Who posts, and where.
 *
 * @param flow the flow, or the hub itself
 * @param run the run, or null outside a run
 * @param epoch the epoch of the run's claim, or null outside a run
 * @param channel a name under {@code feedhub.discord.channels}
 */
record Origin(String flow, @Nullable Long run, @Nullable Integer epoch, String channel) {
    private static final String HUB = "feedhub";

    static Origin hub(String channel) {
        return new Origin(HUB, null, null, channel);
    }

    static Origin of(Exchange exchange, String channel) {
        return new Origin(
                exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class),
                exchange.getProperty("feedhub.run", Long.class),
                exchange.getProperty("feedhub.epoch", Integer.class),
                channel);
    }
}
