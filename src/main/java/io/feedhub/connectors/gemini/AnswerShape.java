package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.stream.Collectors;

/** The flow's JSON schema, checked here: the model is asked to keep it, and does not always. */
final class AnswerShape {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final String schema;
    private final ObjectMapper json;

    AnswerShape(String schema, ObjectMapper json) {
        this.schema = schema;
        this.json = json;
    }

    /** The text as JSON that fits. */
    JsonNode read(String text) throws Misfit {
        JsonNode data;
        try {
            data = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Misfit("it is not JSON: " + e.getOriginalMessage());
        }
        String faults = SCHEMAS.getSchema(schema).validate(data).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.joining("; "));
        if (!faults.isEmpty()) {
            throw new Misfit(faults);
        }
        return data;
    }

    /** Why an answer does not fit, in words that the model can use to repair it. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String faults) {
            super(faults);
        }

        String faults() {
            return String.valueOf(getMessage());
        }
    }
}
