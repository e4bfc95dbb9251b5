package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.feedhub.connectors.http.ServiceRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The two ends of a call to Gemini's {@code generateContent}: the request from a prompt, and the answer as data. What the
 * model says is checked against the schema and handed on as a map; it never becomes a header, SQL text or an address.
 */
@Component("gemini")
public final class Gemini {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final GeminiSettings settings;
    private final Usage usage;
    private final ObjectMapper json;

    Gemini(GeminiSettings settings, Usage usage, ObjectMapper json) {
        this.settings = settings;
        this.usage = usage;
        this.json = json;
    }

    /**
     * The request's body.
     *
     * @param schema a JSON schema for the answer, or blank for plain text
     * @throws BudgetSpent when the day's tokens are used up
     */
    public String request(String prompt, @Header("schema") @Nullable String schema) throws JsonProcessingException {
        usage.requireBudget();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("contents", List.of(Map.of("role", "user", "parts", List.of(Map.of("text", prompt)))));
        if (schema != null && !schema.isBlank()) {
            request.put(
                    "generationConfig",
                    Map.of("responseMimeType", "application/json", "responseJsonSchema", json.readTree(schema)));
        }
        return json.writeValueAsString(request);
    }

    /** Where the configured model answers. */
    public String path() {
        return "/v1beta/models/" + settings.model() + ":generateContent";
    }

    /**
     * The answer: a map that fits the schema, or {@code {text: …}} without one.
     *
     * @throws ServiceRefused when the prompt was blocked, the answer was cut, or it does not fit the schema
     */
    public Object answer(Exchange exchange, Map<String, Object> body, @Header("schema") @Nullable String schema)
            throws JsonProcessingException {
        JsonNode answer = json.valueToTree(body);
        JsonNode candidate = answer.at("/candidates/0");
        String finish = candidate.path("finishReason").asText("NONE");
        JsonNode tokens = answer.path("usageMetadata");
        usage.record(
                exchange,
                answer.path("modelVersion").asText(settings.model()),
                tokens.path("promptTokenCount").asInt(),
                tokens.path("candidatesTokenCount").asInt()
                        + tokens.path("thoughtsTokenCount").asInt(),
                finish);
        if (candidate.isMissingNode()) {
            String reason = answer.at("/promptFeedback/blockReason").asText("no candidates");
            throw new ServiceRefused("gemini answered nothing: " + reason);
        }
        if (!finish.equals("STOP")) {
            throw new ServiceRefused("gemini did not finish: " + finish);
        }
        String text = text(candidate);
        return schema == null || schema.isBlank() ? Map.of("text", text) : structured(text, schema);
    }

    private static String text(JsonNode candidate) {
        return StreamSupport.stream(candidate.at("/content/parts").spliterator(), false)
                .filter(part -> !part.path("thought").asBoolean())
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining());
    }

    private Object structured(String text, String schema) throws JsonProcessingException {
        JsonNode data;
        try {
            data = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ServiceRefused("gemini answered what is not JSON: " + e.getOriginalMessage());
        }
        JsonSchema expected = SCHEMAS.getSchema(schema);
        Set<ValidationMessage> faults = expected.validate(data);
        if (!faults.isEmpty()) {
            throw new ServiceRefused("gemini's answer does not fit the schema: "
                    + faults.iterator().next().getMessage());
        }
        return json.treeToValue(data, Object.class);
    }
}
