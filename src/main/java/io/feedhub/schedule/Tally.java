package io.feedhub.schedule;

import io.feedhub.runs.ItemCounts;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;

/** Counts the items of one run. It travels as an exchange property, so every item's exchange has it. Thread-safe. */
final class Tally {
    private static final String PROPERTY = "feedhub.tally";

    private final AtomicInteger in = new AtomicInteger();
    private final AtomicInteger out = new AtomicInteger();
    private final AtomicInteger parked = new AtomicInteger();

    void travelOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static Optional<Tally> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, Tally.class));
    }

    /**
     * Counts an item at its end: parked when it failed, out when it was neither seen before nor filtered. A list of items
     * that committed together says itself what it did.
     */
    void count(Exchange item) {
        if (countBatch(item)) {
            return;
        }
        in.incrementAndGet();
        if (item.isFailed()) {
            parked.incrementAndGet();
        } else if (!item.getProperty(Exchange.DUPLICATE_MESSAGE, false, Boolean.class)
                && item.getProperty("CamelFilterMatched", true, Boolean.class)) {
            out.incrementAndGet();
        }
    }

    /** Counts what a list of items did that committed together; false when the exchange stood for none. */
    boolean countBatch(Exchange batch) {
        Integer effects = batch.getProperty(ItemCounts.OUT, Integer.class);
        if (effects == null) {
            return false;
        }
        in.addAndGet(batch.getProperty(ItemCounts.IN, 0, Integer.class));
        out.addAndGet(effects);
        parked.addAndGet(batch.getProperty(ItemCounts.PARKED, 0, Integer.class));
        return true;
    }

    int in() {
        return in.get();
    }

    int out() {
        return out.get();
    }

    int parked() {
        return parked.get();
    }
}
