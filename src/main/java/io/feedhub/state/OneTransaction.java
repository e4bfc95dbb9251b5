package io.feedhub.state;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.stereotype.Component;

/** The policy {@code one-transaction}: the steps inside commit together, or not at all when one fails. */
@Component("one-transaction")
final class OneTransaction implements Policy {
    private final RunTransaction transaction;

    OneTransaction(RunTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return around(steps);
    }

    /** The steps in a transaction of their own, or in the one they are in already. */
    Processor around(Processor steps) {
        return exchange -> {
            if (RunTransaction.isActive()) {
                steps.process(exchange);
            } else {
                transaction.run(exchange, steps);
            }
        };
    }
}
