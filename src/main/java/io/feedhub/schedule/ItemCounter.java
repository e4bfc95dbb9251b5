package io.feedhub.schedule;

import io.feedhub.runs.RunMark;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.springframework.stereotype.Component;

/** Hears the end of every item's exchange. An item is one part of a split; what it is split into is part of it. */
@Component
final class ItemCounter extends SimpleEventNotifierSupport {

    private static final String ITEM = "feedhub.item";

    ItemCounter() {
        setIgnoreExchangeEvents(false); // the base class ignores what it is not asked for
        setIgnoreExchangeCreatedEvent(false);
        setIgnoreExchangeCompletedEvent(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public void notify(CamelEvent event) {
        if (!(event instanceof ExchangeEvent told) || !isPart(told.getExchange())) {
            return;
        }
        Exchange part = told.getExchange();
        if (event instanceof ExchangeCreatedEvent) {
            if (part.getProperty(ITEM) == null) {
                part.setProperty(ITEM, part.getExchangeId());
            }
        } else if (part.getExchangeId().equals(part.getProperty(ITEM))) {
            Tally.of(part).ifPresent(tally -> tally.count(part));
        }
    }

    /** A part of a split in the flow's own route; inside a Kamelet the exchange is a copy, from another route. */
    private static boolean isPart(Exchange exchange) {
        return exchange.getProperty(Exchange.SPLIT_INDEX) != null
                && Objects.equals(exchange.getFromRouteId(), exchange.getProperty(RunMark.FLOW));
    }
}
