package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceRefused;
import io.feedhub.runs.RunMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The bean behind {@code gemini-embed-action}: {@code texts}. The body becomes one vector for each text, in their order. */
@Component("geminiEmbedAction")
final class EmbedAction implements Processor {
    private static final int BATCH = 100;
    private static final int LETTERS_A_TOKEN = 4;

    private final GeminiClient model;
    private final GeminiSettings settings;
    private final Usage usage;
    private final ObjectMapper json;

    EmbedAction(GeminiClient model, GeminiSettings settings, Usage usage, ObjectMapper json) {
        this.model = model;
        this.settings = settings;
        this.usage = usage;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        List<String> texts = texts(new Parameters(exchange).json("texts"));
        List<@Nullable Object> vectors = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            embed(RunMark.of(exchange), batch).forEach(entry -> vectors.add(Answer.data(entry.path("values"))));
        }
        exchange.getMessage().setBody(vectors);
    }

    private List<String> texts(String list) throws IOException {
        JsonNode texts = json.readTree(list.isEmpty() ? "[]" : list);
        List<String> read = new ArrayList<>();
        for (JsonNode text : texts.isArray() ? texts : json.createArrayNode().add(texts)) {
            if (!text.isTextual() || text.asText().isBlank()) {
                throw new IllegalArgumentException("texts must be a list of texts that are not empty");
            }
            read.add(text.asText());
        }
        return read;
    }

    private JsonNode embed(RunMark asker, List<String> batch) throws IOException {
        usage.requireBudget(asker.flow());
        String name = settings.embedModel();
        List<Map<String, Object>> requests = batch.stream()
                .map(text -> Map.<String, Object>of(
                        "model", "models/" + name,
                        "content", Map.of("parts", List.of(Map.of("text", text))),
                        "outputDimensionality", settings.dimensions()))
                .toList();
        Map<String, Object> request = Map.of("model", "models/" + name, "requests", requests);
        JsonNode vectors = model.post(name, "batchEmbedContents", request).path("embeddings");
        if (vectors.size() != batch.size()) {
            throw new ServiceRefused("gemini embedded " + vectors.size() + " of " + batch.size() + " texts");
        }
        long letters = batch.stream().mapToLong(String::length).sum();
        usage.record(asker, name, letters / LETTERS_A_TOKEN, 0, "EMBEDDED"); // the answer has no counts
        return vectors;
    }
}
