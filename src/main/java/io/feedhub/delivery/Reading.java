package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.util.Set;
import org.apache.hc.core5.http.HttpResponse;

/** What a complete answer of Discord, or of what stands before it, means for the message. Thread-safe. */
final class Reading {
    /** No webhook of this id (10015), not its token (50027), or not allowed: no message will fare better. */
    private static final Set<Integer> GONE = Set.of(401, 403, 404);

    /** A request that did not arrive in time (408) or came too early (425) may come again, as after an outage. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 425);

    private final ObjectMapper json;

    Reading(ObjectMapper json) {
        this.json = json;
    }

    /** @param text its body, which may be anything */
    Answer of(HttpResponse response, String text, int attempt) {
        int status = response.getCode();
        JsonNode body = parse(text);
        RateLimit limit = new RateLimit(response, body);
        if (status == 429) {
            return limit.exceeded();
        }
        if (status >= 500 || TEMPORARY.contains(status)) {
            Kind kind = status == 500 ? Kind.FAILED : Kind.AGAIN; // the others are an outage, not this message
            return new Answer(kind, status, null, "Discord answered " + status, Limits.pause(Discord.backOff(attempt)));
        }
        if (status / 100 == 2 && body.hasNonNull("id")) {
            return new Answer(Kind.DELIVERED, status, body.get("id").asText(), null, limit.bucket());
        }
        if (status / 100 == 2) {
            Limits limits = limit.bucket().after(Discord.backOff(attempt));
            return new Answer(Kind.LOST, status, null, "sent, but the answer has no message id", limits);
        }
        Kind kind = GONE.contains(status) ? Kind.GONE : Kind.REFUSED;
        return new Answer(kind, status, null, words(status, body), limit.bucket());
    }

    /** Discord's message, and for a bad form the first field that is wrong. */
    private static String words(int status, JsonNode body) {
        String silence = status / 100 == 3 ? "a redirection, which is not followed" : "no reason given";
        String message =
                "Discord answered " + status + ": " + body.path("message").asText(silence);
        String field = firstError("", body.path("errors"));
        return field.isEmpty() ? message : message + " (" + field + ")";
    }

    private static String firstError(String path, JsonNode errors) {
        JsonNode here = errors.at("/_errors/0/message");
        if (here.isTextual()) {
            return path.substring(Math.min(1, path.length())) + ": " + here.asText();
        }
        return errors.properties().stream()
                .map(member -> firstError(path + "." + member.getKey(), member.getValue()))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    private JsonNode parse(String body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.nullNode() : parsed;
        } catch (JsonProcessingException e) {
            return json.nullNode(); // Cloudflare's own 429 and 5xx are not JSON
        }
    }
}
