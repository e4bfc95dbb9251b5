package io.feedhub.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The vendors' schemas and samples, in the folder that the system property {@code contracts} names. */
public final class VendorContracts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final Path folder = Path.of(System.getProperty("contracts", "../shared/contracts"));
    private final Map<String, JsonSchema> read = new ConcurrentHashMap<>();

    /** What does not fit a schema, such as {@code gemini.schema.json#/$defs/Content}. */
    public Set<ValidationMessage> faults(String schema, JsonNode data) {
        return read.computeIfAbsent(schema, this::schema).validate(data);
    }

    public JsonNode spec(String file) {
        return json(folder.resolve("specs").resolve(file));
    }

    List<Sample> samples() {
        Path samples = folder.resolve("samples");
        List<Sample> all = new ArrayList<>();
        for (JsonNode entry : json(samples.resolve("MANIFEST.json"))) {
            String file = entry.path("file").asText();
            all.add(new Sample(
                    file,
                    entry.path("schema").asText(),
                    entry.path("status").asInt(),
                    entry.has("deviates"),
                    json(samples.resolve(file))));
        }
        return all;
    }

    private JsonSchema schema(String name) {
        String[] parts = name.split("#", 2);
        return SCHEMAS.getSchema(
                SchemaLocation.of(folder.resolve("specs").resolve(parts[0]).toUri() + "#" + parts[1]));
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /**
     * @param schema empty when the vendor publishes none
     * @param status 0 for a request, or a message without HTTP
     */
    record Sample(String file, String schema, int status, boolean deviates, JsonNode body) {
        String vendor() {
            return file.substring(0, file.indexOf('/'));
        }

        @Override
        public String toString() {
            return file;
        }
    }
}
