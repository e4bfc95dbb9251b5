package io.feedhub.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;

/**
 * How a message looks: a bean that operators write in {@code beans/} and name in the parameter {@code shape} of the Kamelet
 * discord-sink. Every value is a simple expression, in the text line by line; a line or field that comes out blank is left
 * out. Not thread-safe while it is set up, and not changed afterwards.
 */
public final class Shape {
    private String title = "";
    private String text = "";
    private String url = "";
    private String tone = "info";
    private String fields = "";

    /** The headline. */
    public void setTitle(String title) {
        this.title = title;
    }

    /** The text below, Markdown. */
    public void setText(String text) {
        this.text = text;
    }

    /** Where the headline leads. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** A severity such as critical or ok, a tone such as bad or good, or a colour as #rrggbb. */
    public void setTone(String tone) {
        this.tone = tone;
    }

    /** Short facts below the text, one in a line: {@code Name: value}. */
    public void setFields(String fields) {
        this.fields = fields;
    }

    Post of(Exchange exchange) {
        String lines = text.lines()
                .map(line -> new Line(line, value(exchange, line)))
                .filter(line -> line.template().isBlank() || !line.value().isBlank())
                .map(Line::value)
                .collect(Collectors.joining("\n"));
        Map<String, String> facts = new LinkedHashMap<>();
        for (String fact : fields.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = fact.split(":", 2);
            String value = parts.length < 2 ? "" : value(exchange, parts[1]).strip();
            if (!value.isBlank()) {
                facts.put(value(exchange, parts[0]).strip(), value);
            }
        }
        return new Post(value(exchange, title), lines, value(exchange, url), value(exchange, tone), facts);
    }

    private static String value(Exchange exchange, String expression) {
        Language simple = exchange.getContext().resolveLanguage("simple");
        String value = simple.createExpression(expression).evaluate(exchange, String.class);
        return value == null ? "" : value;
    }

    private record Line(String template, String value) {}
}
