package io.feedhub.delivery;

import io.feedhub.runs.RunMark;
import org.apache.camel.Exchange;

/**
 * Who posts, and where.
 *
 * @param by the flow and its run, or the hub itself
 * @param channel a name under {@code feedhub.discord.channels}
 */
record Origin(RunMark by, String channel) {
    /** The hub itself. */
    static final RunMark HUB = new RunMark("feedhub", null, null);

    static Origin hub(String channel) {
        return new Origin(HUB, channel);
    }

    static Origin of(Exchange exchange, String channel) {
        return new Origin(RunMark.of(exchange), channel);
    }
}
