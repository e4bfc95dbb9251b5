package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.ServiceRefused;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What {@code generateContent} answered with 200, which is not yet a success.
 *
 * @param finish why the model stopped, {@code STOP} when it was done; a blocked prompt is {@code BLOCKED_…}
 * @param why the model's own words about a failure, or nothing
 */
record Completion(String text, String finish, String why, String model, long input, long output) {

    static Completion of(JsonNode answer, String askedModel) {
        JsonNode candidate = answer.at("/candidates/0");
        JsonNode tokens = answer.path("usageMetadata");
        return new Completion(
                text(candidate),
                candidate.isMissingNode()
                        ? "BLOCKED_" + answer.at("/promptFeedback/blockReason").asText("WITHOUT_REASON")
                        : candidate.path("finishReason").asText("NONE"),
                candidate
                        .path("finishMessage")
                        .asText(answer.at("/promptFeedback/blockReasonMessage").asText()),
                answer.path("modelVersion").asText(askedModel),
                tokens.path("promptTokenCount").asLong(),
                tokens.path("candidatesTokenCount").asLong()
                        + tokens.path("thoughtsTokenCount").asLong());
    }

    /** Thoughts are not the answer. */
    private static String text(JsonNode candidate) {
        return StreamSupport.stream(candidate.at("/content/parts").spliterator(), false)
                .filter(part -> !part.path("thought").asBoolean())
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining());
    }

    /**
     * The text of a whole answer.
     *
     * @throws ServiceRefused when the prompt was blocked or the answer was cut, whatever the reason; new ones appear
     */
    String require() {
        if (finish.equals("STOP") && !text.isBlank()) {
            return text;
        }
        String reason =
                switch (finish) {
                    case "STOP" -> "it answered an empty text";
                    case "MAX_TOKENS" -> "its answer was cut at the token limit";
                    case "NONE" -> "its answer has no end";
                    default -> finish.startsWith("BLOCKED_") ? "it blocked the prompt: " + finish.substring(8) : finish;
                };
        throw new ServiceRefused("gemini did not finish: " + reason + (why.isBlank() ? "" : " (" + why + ")"));
    }
}
