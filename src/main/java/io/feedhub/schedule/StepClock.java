package io.feedhub.schedule;

import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.engine.DefaultMessageHistoryFactory;
import org.apache.camel.support.DefaultMessageHistory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Camel's message history, summed for the run of the exchange in {@link Steps} instead of kept step by step. */
@Component
final class StepClock extends DefaultMessageHistoryFactory {

    @Override
    public @Nullable MessageHistory newMessageHistory(String routeId, NamedNode node, Exchange exchange) {
        Steps.Step step = Steps.of(exchange).map(steps -> steps.begin(id(node))).orElse(null);
        return step == null ? null : new Timed(routeId, node, step);
    }

    /** As the route's MBeans have it. */
    private static String id(NamedNode node) {
        String prefix = node.getNodePrefixId();
        return prefix == null || node.getId().startsWith(prefix) ? node.getId() : prefix + node.getId();
    }

    private static final class Timed extends DefaultMessageHistory {
        private final Steps.Step step;
        private final long begun = System.nanoTime();

        Timed(String routeId, NamedNode node, Steps.Step step) {
            super(routeId, node);
            this.step = step;
        }

        @Override
        public void nodeProcessingDone(long delta) {
            super.nodeProcessingDone(delta);
            step.took(System.nanoTime() - begun);
        }
    }
}
