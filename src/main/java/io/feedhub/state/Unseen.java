package io.feedhub.state;

import io.feedhub.runs.ItemCounts;
import io.feedhub.runs.RunMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The step of the Kamelet {@code unseen-action}: of a list, only what the flow has not dealt with yet, with one query.
 * An item without a key stays: the step that claims it parks it, and must not find the others parked with it.
 */
@Component("unseen")
final class Unseen implements Processor {
    private final SeenKeys seen;

    Unseen(SeenKeys seen) {
        this.seen = seen;
    }

    @Override
    public void process(Exchange exchange) {
        int all = Objects.requireNonNullElse(Lists.body(exchange), List.of()).size();
        List<Object> keyless = new ArrayList<>();
        Map<String, Object> items = Keyed.items(exchange, keyless::add);
        items.keySet().retainAll(seen.unseen(RunMark.of(exchange).flow(), items.keySet()));
        List<Object> left = new ArrayList<>(items.values());
        left.addAll(keyless);
        exchange.setProperty(ItemCounts.IN, all);
        exchange.getMessage().setBody(left);
    }
}
