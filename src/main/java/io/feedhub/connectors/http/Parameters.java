package io.feedhub.connectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.springframework.web.util.UriUtils;

/**
 * What a Kamelet hands to its bean: its parameters as they stand in the flow, as variables {@code with.<name>}. Expressions
 * in them are filled in here, each value encoded for its place.
 */
public final class Parameters {
    private static final Pattern CLIMBS = Pattern.compile(".*/\\.\\.?(/.*)?");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "with.";

    private final Exchange exchange;
    private final Map<String, String> written = new HashMap<>();

    /** Takes the parameters of the step that an exchange is in, so that none is left for the next. */
    public Parameters(Exchange exchange) {
        this.exchange = exchange;
        for (String name : List.copyOf(exchange.getVariables().keySet())) {
            if (name.startsWith(PREFIX)) {
                written.put(name.substring(PREFIX.length()), String.valueOf(exchange.removeVariable(name)));
            }
        }
    }

    /** The parameter as it is written; empty when it is not there. */
    public String raw(String name) {
        return written.getOrDefault(name, "");
    }

    /** The parameter as text, expressions filled in. */
    public String text(String name) {
        return new Template(raw(name)).fill(exchange, UnaryOperator.identity(), Parameters::plain);
    }

    /** The parameter as a number. */
    public int number(String name) {
        try {
            return Integer.parseInt(text(name).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number: " + text(name));
        }
    }

    /**
     * The parameter as a path: a value cannot leave the segment it is in.
     *
     * @throws IllegalArgumentException when it does not begin with a slash, or climbs
     */
    String path(String name) {
        String path = new Template(raw(name))
                .fill(exchange, text -> UriUtils.encodePath(text, StandardCharsets.UTF_8), Parameters::encoded);
        if (!path.startsWith("/") || CLIMBS.matcher(path).matches()) {
            throw new IllegalArgumentException("no path below a service: " + path + "; write it from its slash on");
        }
        return path;
    }

    /** The parameter as a query: a value cannot add a pair. Write it plain; it is encoded here. */
    String query(String name) {
        return new Template(raw(name)).fill(exchange, Parameters::encodedQuery, Parameters::encoded);
    }

    /** The parameter as pairs of a query, not encoded: a value cannot add a pair. */
    public Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : query(name).split("&")) {
            String[] sides = pair.split("=", 2);
            if (sides.length == 2) {
                pairs.put(
                        UriUtils.decode(sides[0], StandardCharsets.UTF_8),
                        UriUtils.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    /**
     * The parameter as JSON: one expression gives its value whole, any other text is JSON with expressions in it, whose
     * values cannot add a member. A missing parameter is empty.
     *
     * @throws IllegalArgumentException when it is not JSON
     */
    public String json(String name) {
        String raw = raw(name);
        if (raw.isBlank()) {
            return "";
        }
        Object whole = new Template(raw.strip()).whole(exchange);
        String filled = whole == null
                ? new Template(raw).fill(exchange, UnaryOperator.identity(), Parameters::insideJson)
                : whole instanceof String text ? text : write(whole);
        try {
            return filled.isBlank() ? "" : write(JSON.readTree(filled));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String plain(Object value) {
        return value instanceof TextNode text ? text.asText() : value.toString();
    }

    /** With each plus as one: services read a plain one as a space. */
    private static String encodedQuery(String text) {
        return UriUtils.encodeQuery(text, StandardCharsets.UTF_8).replace("+", "%2B");
    }

    private static String encoded(Object value) {
        return Call.encode(plain(value));
    }

    /** A text without its quotes, since the author has written them; anything else as JSON. */
    private static String insideJson(Object value) {
        if (value instanceof CharSequence || value instanceof TextNode) {
            String quoted = write(plain(value));
            return quoted.substring(1, quoted.length() - 1);
        }
        return write(value);
    }

    /** Maps, lists and texts as JSON. */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not to be written as JSON: " + value.getClass().getSimpleName(), e);
        }
    }
}
