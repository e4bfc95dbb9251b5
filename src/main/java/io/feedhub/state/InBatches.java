package io.feedhub.state;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.stereotype.Component;

/**
 * The policy {@code in-batches}: the body is a list of items, and the steps inside commit for all of them in one
 * transaction. When they fail, the list is halved and tried again until the items at fault stand alone: those are parked,
 * the others commit. The body stays as it is, and the run fails with the first parked item's reason.
 */
@Component("in-batches")
final class InBatches implements Policy {
    private final RunTransaction transaction;

    InBatches(RunTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> process(exchange, steps);
    }

    private void process(Exchange exchange, Processor steps) throws Exception {
        if (RunTransaction.isActive()) {
            throw new IllegalStateException("in-batches has transactions of its own: take it out of one-transaction");
        }
        List<?> items = Lists.body(exchange);
        if (items == null) {
            throw new IllegalStateException(
                    "in-batches needs a list as the body: split with ${collate(100)} before it");
        }
        Batch batch = new Batch(exchange, steps, transaction);
        batch.commit(items);
        batch.end(items.size());
    }
}
