package io.feedhub.flows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Camel's jq, for which a body, or a variable, that is not there is null, as jq has it; Camel's own fails. A scheduled flow begins
 * without a body, and its first step may well be jq. Thread-safe.
 */
@Component("jq-language")
final class NullTolerantJq extends JqLanguage {

    @Override
    public Expression createExpression(@Nullable Expression source, String query, Object @Nullable [] properties) {
        return super.createExpression(source == null ? null : new Source(source), query, properties);
    }

    /** What a query is asked of. */
    private static final class Source extends ExpressionAdapter {
        private final Expression given;

        Source(Expression given) {
            this.given = given;
        }

        @Override
        public void init(CamelContext context) {
            given.init(context);
        }

        @Override
        public <T> @Nullable T evaluate(Exchange exchange, Class<T> type) {
            boolean isAbsent = type == JsonNode.class && given.evaluate(exchange, Object.class) == null;
            return isAbsent ? type.cast(NullNode.getInstance()) : given.evaluate(exchange, type);
        }

        @Override
        public String toString() {
            return given.toString();
        }
    }
}
