package io.feedhub.connectors.gemini;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** On whose account a call goes: the flow, and its run when there is one. */
record Asker(String flow, @Nullable Long run) {

    static Asker of(Exchange exchange) {
        return new Asker(
                exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class),
                exchange.getProperty("feedhub.run", Long.class));
    }
}
