package io.feedhub.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Counts the items of one run. It travels as an exchange property, so every item's exchange has it. Camel ends an item's
 * exchange once for the item and once for each Kamelet inside; the last end is the item's. Thread-safe.
 */
final class Tally {
    private static final String PROPERTY = "feedhub.tally";

    private final Map<String, Fate> items = new ConcurrentHashMap<>();

    static void startOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, new Tally());
    }

    static Optional<Tally> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, Tally.class));
    }

    /** Counts an item at its end. */
    void count(Exchange item) {
        items.put(item.getExchangeId(), Fate.of(item));
    }

    int in() {
        return items.size();
    }

    int out() {
        return number(Fate.OUT);
    }

    int parked() {
        return number(Fate.PARKED);
    }

    private int number(Fate fate) {
        return (int) items.values().stream().filter(fate::equals).count();
    }

    private enum Fate {
        OUT,
        PARKED,
        PASSED;

        /** Parked when it failed, out when it was neither seen before nor filtered. */
        static Fate of(Exchange item) {
            if (item.isFailed()) {
                return PARKED;
            }
            boolean duplicate = item.getProperty(Exchange.DUPLICATE_MESSAGE, false, Boolean.class);
            boolean matched = item.getProperty("CamelFilterMatched", true, Boolean.class);
            return duplicate || !matched ? PASSED : OUT;
        }
    }
}
