package io.feedhub.flowtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How vendors wrap what a test is about: a model's words, a dataset's items, a tool's result. */
final class Dialects {
    private static final Map<String, Object> RUN =
            Map.of("id", "run", "actId", "actor", "status", "SUCCEEDED", "defaultDatasetId", "dataset");

    private final ObjectMapper json;

    Dialects(ObjectMapper json) {
        this.json = json;
    }

    /** The answer as the vendor would send it. */
    Answer wrap(Call call, Answer plain) {
        if (!plain.isGood()) {
            return plain;
        }
        if (call.path().endsWith(":generateContent")) {
            return new Answer(200, generated(plain.body()));
        }
        if (call.path().endsWith(":batchEmbedContents") && plain.body() instanceof List<?> vectors) {
            return new Answer(200, Map.of("embeddings", embeddings(call, vectors)));
        }
        if (call.path().startsWith("/v2/actor")) {
            return new Answer(call.method().equals("POST") ? 201 : 200, Map.of("data", RUN));
        }
        if (call.path().startsWith("/v2/datasets/") && call.query().matches(".*offset=[1-9].*")) {
            return new Answer(200, List.of());
        }
        if (call.body() instanceof Map<?, ?> request && request.containsKey("jsonrpc")) {
            return new Answer(200, result(request, plain.body()));
        }
        return plain;
    }

    private Map<String, Object> generated(@Nullable Object words) {
        String text = words instanceof String plain ? plain : write(words);
        Map<String, Object> candidate = Map.of(
                "content", Map.of("role", "model", "parts", List.of(Map.of("text", text))), "finishReason", "STOP");
        return Map.of(
                "candidates", List.of(candidate),
                "usageMetadata", Map.of("promptTokenCount", 10, "candidatesTokenCount", 10, "totalTokenCount", 20),
                "modelVersion", "a-test");
    }

    /** A list of vectors is one for each text, in their order; a single vector is that of each. */
    private static List<Map<String, Object>> embeddings(Call call, List<?> vectors) {
        boolean many = vectors.stream().anyMatch(List.class::isInstance);
        int texts = call.body() instanceof Map<?, ?> request && request.get("requests") instanceof List<?> list
                ? list.size()
                : 1;
        return (many ? vectors : Collections.nCopies(texts, vectors))
                .stream()
                        .map(vector -> Map.<String, Object>of("values", vector))
                        .toList();
    }

    private Map<String, @Nullable Object> result(Map<?, ?> request, @Nullable Object value) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", request.get("id"));
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("resultType", "complete");
        result.put("content", List.of(Map.of("type", "text", "text", write(value))));
        result.put("structuredContent", value);
        result.put("isError", false);
        answer.put("result", result);
        return answer;
    }

    private String write(@Nullable Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from YAML is JSON", e);
        }
    }
}
