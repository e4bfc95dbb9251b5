package io.feedhub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Gemini's generateContent: answers with lines of the prompt, in the shape that the schema asks for. */
final class GeminiStandIn implements StandIn {
    private static final int DIMENSIONS = 768;

    private final World world;
    private final ObjectMapper json;
    private final AtomicInteger refusals = new AtomicInteger();

    GeminiStandIn(World world, ObjectMapper json) {
        this.world = world;
        this.json = json;
    }

    @Override
    public Reply answer(Request request) {
        if (request.header("x-goog-api-key").isEmpty()) {
            return error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.");
        }
        try {
            JsonNode asked = json.readTree(request.body());
            if (request.is("POST", "/v1beta/models/[^/]+:batchEmbedContents")) {
                return Reply.ok(Map.of("embeddings", vectors(asked.path("requests"))));
            }
            if (!request.is("POST", "/v1beta/models/[^/]+:generateContent")) {
                return error(404, "NOT_FOUND", "Requested entity was not found.");
            }
            if (world.fault("gemini") == Fault.BLOCKED) {
                return refusal(refusals.getAndIncrement());
            }
            String prompt = asked.at("/contents/0/parts/0/text").asText();
            JsonNode schema = asked.at("/generationConfig/responseJsonSchema");
            String text =
                    schema.isMissingNode() ? lastLine(prompt) : json.writeValueAsString(fill(schema, lines(prompt)));
            return Reply.ok(success(prompt, text));
        } catch (JsonProcessingException e) {
            return error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.");
        }
    }

    /** A minute's quota is used up. */
    @Override
    public Reply limited() {
        Map<String, Object> violation = Map.of("quotaId", "GenerateRequestsPerMinutePerProjectPerModel-FreeTier");
        List<Object> details = List.of(
                Map.of("@type", "type.googleapis.com/google.rpc.QuotaFailure", "violations", List.of(violation)),
                Map.of("@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", "12.5s"));
        return Reply.of(
                429,
                Map.of(
                        "error",
                        Map.of(
                                "code",
                                429,
                                "message",
                                "You exceeded your current quota. Please retry in 12.5s.",
                                "status",
                                "RESOURCE_EXHAUSTED",
                                "details",
                                details)));
    }

    /** In turn: a blocked prompt, an unsafe answer, an answer that was cut. */
    private static Reply refusal(int number) {
        Map<String, Object> usage = Map.of("promptTokenCount", 10, "totalTokenCount", 10);
        return Reply.ok(
                switch (number % 3) {
                    case 0 -> Map.of("promptFeedback", Map.of("blockReason", "SAFETY"), "usageMetadata", usage);
                    case 1 -> Map.of("candidates", List.of(Map.of("finishReason", "SAFETY")), "usageMetadata", usage);
                    default ->
                        Map.of(
                                "candidates",
                                List.of(Map.of(
                                        "content",
                                        content("{\"headline\": \"It was a d"),
                                        "finishReason",
                                        "MAX_TOKENS")),
                                "usageMetadata",
                                usage);
                });
    }

    private static Map<String, Object> content(String text) {
        return Map.of("role", "model", "parts", List.of(Map.of("text", text)));
    }

    /** Near for texts that begin alike, and the same each time. */
    private static List<Map<String, Object>> vectors(JsonNode requests) {
        List<Map<String, Object>> vectors = new ArrayList<>();
        for (JsonNode request : requests) {
            String text = request.at("/content/parts/0/text").asText();
            int size = request.path("outputDimensionality").asInt(DIMENSIONS);
            vectors.add(Map.of(
                    "values",
                    IntStream.range(0, size)
                            .mapToObj(i -> text.isEmpty() ? 0.0 : text.charAt(i % text.length()) / 1000.0)
                            .toList()));
        }
        return vectors;
    }

    private static Map<String, Object> success(String prompt, String text) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("promptTokenCount", prompt.length() / 4);
        usage.put("candidatesTokenCount", text.length() / 4);
        usage.put("totalTokenCount", prompt.length() / 4 + text.length() / 4);
        Map<String, Object> candidate = new LinkedHashMap<>();
        candidate.put("content", content(text));
        candidate.put("finishReason", "STOP");
        candidate.put("index", 0);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("candidates", List.of(candidate));
        answer.put("usageMetadata", usage);
        answer.put("modelVersion", "gemini-flash-stand-in");
        answer.put("responseId", Integer.toHexString(text.hashCode()));
        return answer;
    }

    private static Object fill(JsonNode schema, List<String> lines) {
        if (schema.path("enum").isArray()) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> {
                Map<String, Object> object = new LinkedHashMap<>();
                schema.path("properties")
                        .properties()
                        .forEach(member -> object.put(member.getKey(), fill(member.getValue(), lines)));
                yield object;
            }
            case "array" -> {
                int most = Math.min(schema.path("maxItems").asInt(3), Math.max(1, lines.size()));
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < most; i++) {
                    items.add(fill(schema.path("items"), lines.subList(Math.min(i, lines.size()), lines.size())));
                }
                yield items;
            }
            case "integer", "number" -> lines.size();
            case "boolean" -> true;
            default -> lines.isEmpty() ? "Nothing happened." : lines.get(0);
        };
    }

    /** The lines of data: flows put them last, each behind a dash. */
    private static List<String> lines(String prompt) {
        return prompt.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
    }

    private static String lastLine(String prompt) {
        return prompt.lines().reduce("", (before, line) -> line);
    }

    private static Reply error(int code, String status, String message) {
        return Reply.of(code, Map.of("error", Map.of("code", code, "message", message, "status", status)));
    }
}
