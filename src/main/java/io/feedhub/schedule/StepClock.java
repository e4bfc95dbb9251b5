package io.feedhub.schedule;

import io.feedhub.runs.RouteName;
import io.feedhub.runs.RunMark;
import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.engine.DefaultMessageHistoryFactory;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.support.DefaultMessageHistory;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Camel's message history, summed for the run of the exchange in {@link Steps} instead of kept step by step. */
@Component
final class StepClock extends DefaultMessageHistoryFactory {

    @Override
    public @Nullable MessageHistory newMessageHistory(String routeId, NamedNode node, Exchange exchange) {
        if (!belongs(routeId, exchange.getProperty(RunMark.FLOW, String.class))) {
            return null;
        }
        Steps.Step step = Steps.of(exchange)
                .map(steps -> steps.begin(id(node), what(node)))
                .orElse(null);
        return step == null ? null : new Timed(routeId, node, step);
    }

    /** The steps within a Kamelet are its own affair: the flow's author wrote one step, which calls it. */
    private static boolean belongs(String route, @Nullable String flow) {
        return flow != null && RouteName.isOf(flow, route);
    }

    /** The step's kind, and where a call goes without its parameters. */
    private static String what(NamedNode node) {
        return node instanceof EndpointRequiredDefinition call
                ? StringHelper.limitLength(node.getShortName() + " " + address(call.getEndpointUri()), 80)
                : node.getShortName();
    }

    private static String address(String uri) {
        return StringHelper.before(uri, "?", uri);
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
