package io.feedhub.state;

import io.feedhub.runs.ItemCounts;
import io.feedhub.runs.RunMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The step of the Kamelet {@code unseen-action}: of a list, only what the flow has not dealt with yet, with one query. */
@Component("unseen")
final class Unseen implements Processor {
    private final SeenKeys seen;

    Unseen(SeenKeys seen) {
        this.seen = seen;
    }

    @Override
    public void process(Exchange exchange) {
        Collection<?> all = exchange.getMessage().getBody(Collection.class);
        Map<String, Object> items = Keyed.items(exchange);
        items.keySet().retainAll(seen.unseen(RunMark.of(exchange).flow(), items.keySet()));
        exchange.setProperty(ItemCounts.IN, all.size());
        exchange.getMessage().setBody(new ArrayList<>(items.values()));
    }
}
