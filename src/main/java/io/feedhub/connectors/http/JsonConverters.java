package io.feedhub.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.SimpleTypeConverter;
import org.springframework.stereotype.Component;

/**
 * Between jq, which speaks JsonNode, and the rest of a flow, which speaks maps and lists: a JsonNode handed to SQL is
 * refused by the PostgreSQL driver. They replace camel-jackson's own, which need an exchange and fail without one.
 */
@Component
final class JsonConverters implements CamelContextConfiguration {
    private final ObjectMapper json;

    JsonConverters(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        TypeConverterRegistry registry = context.getTypeConverterRegistry();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        registry.setTypeConverterExistsLoggingLevel(LoggingLevel.DEBUG);
        registry.addTypeConverter(Map.class, JsonNode.class, converter(Map.class));
        registry.addTypeConverter(List.class, JsonNode.class, converter(List.class));
        registry.addTypeConverter(JsonNode.class, Map.class, converter(JsonNode.class));
        registry.addTypeConverter(JsonNode.class, List.class, converter(JsonNode.class));
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // conversions are needed from the first route on, not later
    }

    private SimpleTypeConverter converter(Class<?> wanted) {
        return new SimpleTypeConverter(false, (type, exchange, value) -> json.convertValue(value, wanted));
    }
}
