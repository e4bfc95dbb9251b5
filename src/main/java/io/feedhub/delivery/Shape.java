package io.feedhub.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;

/**
 * How a message looks: a bean that operators write in {@code beans/} and name in the parameter {@code shape} of the Kamelet
 * discord-sink. Every value is a simple expression; a line or field that comes out blank is left out. Not thread-safe while
 * it is set up, and not changed afterwards.
 */
public final class Shape {
    private String title = "";
    private List<String> lines = List.of();
    private String url = "";
    private String tone = "info";
    private Map<String, String> fields = Map.of();

    /** The headline. */
    public void setTitle(String title) {
        this.title = title;
    }

    /** The text, line by line; each may be Markdown of several lines. */
    public void setLines(List<String> lines) {
        this.lines = lines;
    }

    /** Where the headline leads. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** A severity such as critical or ok, a tone such as bad or good, or a colour as #rrggbb. */
    public void setTone(String tone) {
        this.tone = tone;
    }

    /** Short facts below the text, by name. */
    public void setFields(Map<String, String> fields) {
        this.fields = fields;
    }

    Post of(Exchange exchange) {
        List<String> text = lines.stream()
                .map(line -> value(exchange, line))
                .filter(line -> !line.isBlank())
                .toList();
        Map<String, String> facts = new LinkedHashMap<>();
        fields.forEach((name, expression) -> {
            String value = value(exchange, expression);
            if (!value.isBlank()) {
                facts.put(name, value);
            }
        });
        return new Post(
                value(exchange, title), String.join("\n", text), value(exchange, url), value(exchange, tone), facts);
    }

    private static String value(Exchange exchange, String expression) {
        Language simple = exchange.getContext().resolveLanguage("simple");
        String value = simple.createExpression(expression).evaluate(exchange, String.class);
        return value == null ? "" : value;
    }
}
