package io.feedhub.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;
import org.springframework.stereotype.Component;

/**
 * Between jq, which speaks JsonNode, and the rest of a flow, which speaks maps and lists: a JsonNode handed to SQL is
 * refused by the PostgreSQL driver.
 */
@Component
public final class JsonConverters implements TypeConverters {
    private final ObjectMapper json;

    JsonConverters(ObjectMapper json) {
        this.json = json;
    }

    /** A JSON object as a map. */
    @Converter
    public Map<?, ?> toMap(JsonNode node) {
        return json.convertValue(node, Map.class);
    }

    /** A JSON array as a list. */
    @Converter
    public List<?> toList(JsonNode node) {
        return json.convertValue(node, List.class);
    }

    /** A map as a JSON object. */
    @Converter
    public JsonNode fromMap(Map<?, ?> map) {
        return json.valueToTree(map);
    }

    /** A list as a JSON array. */
    @Converter
    public JsonNode fromList(List<?> list) {
        return json.valueToTree(list);
    }
}
