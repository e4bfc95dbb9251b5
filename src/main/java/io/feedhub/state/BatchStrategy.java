package io.feedhub.state;

import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.CamelContextHelper;
import org.jspecify.annotations.Nullable;

/**
 * A flow's own way to put items together, where they wait in {@link Batches}. Camel shows its repository only batches that a
 * further item joins; one that its first item completes is written down here, so that a crash loses it no more than others.
 * Thread-safe as far as the flow's own is.
 */
final class BatchStrategy implements AggregationStrategy, CamelContextAware {
    private final String strategy;
    private final String repository;
    private @Nullable CamelContext context;

    /**
     * @param strategy the bean that puts items together
     * @param repository the bean in which they wait
     */
    BatchStrategy(String strategy, String repository) {
        this.strategy = name(strategy);
        this.repository = name(repository);
    }

    /** @throws IllegalStateException when the flow's own puts an item in the place of the batch, which only knows its own */
    @Override
    public Exchange aggregate(@Nullable Exchange batch, Exchange item) {
        Exchange joined = own().aggregate(batch, item);
        if (batch != null && joined != batch) {
            throw new IllegalStateException(strategy
                    + " forgets what waits; a batch needs one that collects, such as GroupedBodyAggregationStrategy");
        }
        return joined;
    }

    @Override
    public boolean canPreComplete() {
        return own().canPreComplete();
    }

    @Override
    public boolean preComplete(@Nullable Exchange batch, Exchange item) {
        return own().preComplete(batch, item);
    }

    @Override
    public void onCompletion(Exchange batch) {
        Batches batches = CamelContextHelper.lookup(getCamelContext(), repository, Batches.class);
        if (batches != null) {
            batches.keepComplete(batch);
        }
        own().onCompletion(batch);
    }

    @Override
    public void timeout(Exchange batch, int index, int total, long timeout) {
        own().timeout(batch, index, total, timeout);
    }

    private AggregationStrategy own() {
        return CamelContextHelper.mandatoryLookup(getCamelContext(), strategy, AggregationStrategy.class);
    }

    private static String name(String reference) {
        return reference.replaceFirst("^#(bean:)?", "");
    }

    @Override
    public CamelContext getCamelContext() {
        return Objects.requireNonNull(context);
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }
}
