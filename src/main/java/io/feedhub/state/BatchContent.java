package io.feedhub.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.database.Storable;
import io.feedhub.runs.RunMark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * What of an exchange a batch keeps, as JSON: the body, plain headers, the flow, and what Camel's aggregator keeps in
 * properties. The run is not kept: a batch outlives the runs that filled it.
 */
record BatchContent(@Nullable Object body, Map<String, Object> headers, Map<String, Object> properties) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String KEEPS = "a batch keeps texts, numbers, maps and lists: ";
    private static final List<String> KEPT = List.of(
            Exchange.GROUPED_EXCHANGE,
            Exchange.AGGREGATED_SIZE,
            Exchange.AGGREGATED_TIMEOUT,
            Exchange.AGGREGATED_COMPLETED_BY,
            Exchange.AGGREGATED_CORRELATION_KEY);

    /**
     * @throws IllegalArgumentException for a value that would come back as another than it was, such as a time: the items that
     *     wait would differ from the one that completes the batch
     */
    static String write(Exchange exchange) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put(RunMark.FLOW, RunMark.of(exchange).flow());
        KEPT.forEach(name -> {
            Object value = exchange.getProperty(name);
            if (value != null) {
                requirePlain(value);
                properties.put(name, value);
            }
        });
        try {
            Object body = exchange.getMessage().getBody();
            requirePlain(body);
            return Storable.json(JSON.writeValueAsString(new BatchContent(body, headers(exchange), properties)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(KEEPS + e.getOriginalMessage(), e);
        }
    }

    private static void requirePlain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(BatchContent::requirePlain);
        } else if (value instanceof Iterable<?> list && !(value instanceof JsonNode)) {
            list.forEach(BatchContent::requirePlain);
        } else if (value != null && !isPlain(value) && !(value instanceof JsonNode)) {
            String type = value.getClass().getSimpleName();
            throw new IllegalArgumentException(KEEPS + "this is a " + type + "; a query makes it one: at::text");
        }
    }

    /** Those that a flow has set. What a component leaves, such as Quartz's job, is not of the item. */
    private static Map<String, Object> headers(Exchange exchange) {
        Map<String, Object> headers = new TreeMap<>(exchange.getMessage().getHeaders());
        headers.entrySet().removeIf(header -> header.getKey().startsWith("Camel") || !isPlain(header.getValue()));
        return headers;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Map
                || value instanceof List;
    }

    static Exchange read(CamelContext context, String id, String json) {
        try {
            BatchContent content = JSON.readValue(json, BatchContent.class);
            Exchange exchange = new DefaultExchange(context);
            exchange.setExchangeId(id);
            exchange.getMessage().setBody(content.body);
            exchange.getMessage().setHeaders(content.headers);
            content.properties.forEach(exchange::setProperty);
            return exchange;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("feedhub.batch holds what it did not write", e);
        }
    }
}
