package io.feedhub.state;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RemoveVariableDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.stereotype.Component;

/**
 * Puts each step that writes a {@code state:} variable into a transaction, when it is not in one already. A variable
 * repository is not told which run writes, and a write of a run that lost its claim must be refused.
 */
@Component
final class StateWrites implements InterceptStrategy {
    private final OneTransaction transaction;

    StateWrites(OneTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return writesState(step) ? new DelegateAsyncProcessor(transaction.around(target)) : target;
    }

    private static boolean writesState(NamedNode step) {
        return (step instanceof SetVariableDefinition set && isState(set.getName()))
                || (step instanceof RemoveVariableDefinition remove && isState(remove.getName()));
    }

    private static boolean isState(String variable) {
        return variable != null && variable.startsWith("state:");
    }
}
