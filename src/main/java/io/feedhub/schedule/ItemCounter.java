package io.feedhub.schedule;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.springframework.stereotype.Component;

/** Hears the end of every item's exchange. An item is one part of a split. */
@Component
final class ItemCounter extends SimpleEventNotifierSupport {

    ItemCounter() {
        setIgnoreExchangeEvents(false); // the base class ignores what it is not asked for
        setIgnoreExchangeCompletedEvent(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeEvent ended && isItem(ended.getExchange())) {
            Tally.of(ended.getExchange()).ifPresent(tally -> tally.count(ended.getExchange()));
        }
    }

    /** A part of a split in the flow's own route; inside a Kamelet the exchange is a copy, from another route. */
    private static boolean isItem(Exchange exchange) {
        return exchange.getProperty(Exchange.SPLIT_INDEX) != null
                && Objects.equals(exchange.getFromRouteId(), exchange.getProperty("feedhub.flow"));
    }
}
