package io.feedhub.state;

import io.feedhub.runs.ItemCounts;
import java.util.ArrayList;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The step of the Kamelet {@code claim-action}: marks the items of a list as seen, in the transaction around it, with one
 * statement. Only those that nobody has claimed stay in the list.
 */
@Component("claim-items")
final class ClaimItems implements Processor {
    private final SeenKeys seen;

    ClaimItems(SeenKeys seen) {
        this.seen = seen;
    }

    @Override
    public void process(Exchange exchange) {
        Map<String, Object> items = Keyed.items(exchange);
        items.keySet().retainAll(seen.claim(exchange, items.keySet()));
        exchange.setProperty(ItemCounts.OUT, items.size());
        exchange.getMessage().setBody(new ArrayList<>(items.values()));
    }
}
