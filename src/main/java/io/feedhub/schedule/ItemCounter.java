package io.feedhub.schedule;

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
        if (event instanceof ExchangeEvent ended && ended.getExchange().getProperty(Exchange.SPLIT_INDEX) != null) {
            Tally.of(ended.getExchange()).ifPresent(tally -> tally.count(ended.getExchange()));
        }
    }
}
