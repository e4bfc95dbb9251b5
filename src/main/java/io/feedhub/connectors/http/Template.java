package io.feedhub.connectors.http;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;

/**
 * A text with Camel's {@code ${…}} in it, filled so that a value stays where it was put: what a flow read cannot add a
 * path, a parameter or a member of its own.
 */
final class Template {
    private final String text;

    Template(String text) {
        this.text = text;
    }

    /**
     * The text with every expression replaced.
     *
     * @param literal what is done to the author's own text
     * @param value what is done to the value of an expression
     */
    String fill(Exchange exchange, UnaryOperator<String> literal, Function<Object, String> value) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            filled.append(literal.apply(text.substring(from, start)));
            from = end(start);
            filled.append(value.apply(evaluate(exchange, text.substring(start, from))));
        }
        return filled.append(literal.apply(text.substring(from))).toString();
    }

    /** The value itself when the text is one expression and nothing else; otherwise null. */
    @Nullable
    Object whole(Exchange exchange) {
        return text.startsWith("${") && end(0) == text.length() ? evaluate(exchange, text) : null;
    }

    private static Object evaluate(Exchange exchange, String expression) {
        Language simple = exchange.getContext().resolveLanguage("simple");
        Object value = simple.createExpression(expression).evaluate(exchange, Object.class);
        return value == null ? "" : value;
    }

    /** One past the brace that closes the one opened at start. */
    private int end(int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == '}') {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("${ without its } in: " + text);
    }
}
