package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Executes a webhook and says what the answer means. The JDK's client is used because it tells a connection that never was
 * from an answer that was lost: only the first may be repeated. Thread-safe.
 */
@Component
final class Discord {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** No send takes longer. */
    static final Duration LONGEST = ANSWER.plus(CONNECT);

    private static final int LONGEST_BACK_OFF = 300;
    private static final Duration WITHOUT_ADVICE = Duration.ofSeconds(60);
    private static final Set<Integer> INVALID = Set.of(401, 403, 429);

    /** No webhook of this id (10015), not its token (50027), or not allowed: no message will fare better. */
    private static final Set<Integer> GONE = Set.of(401, 403, 404);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ObjectMapper json;

    Discord(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Posts a body. The answer always comes: what goes wrong is an answer too.
     *
     * @param webhook the webhook's address
     * @param body JSON
     * @param attempt which try this is; the pause after a failure grows with it
     */
    CompletableFuture<Answer> send(String webhook, String body, int attempt) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(webhook + "?wait=true"))
                .header("Content-Type", "application/json")
                .header("User-Agent", "DiscordBot (feed-hub, 0.1)")
                .timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null ? read(response, attempt) : lost(failure, attempt));
    }

    private static Answer lost(Throwable failure, int attempt) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Answer(Kind.AGAIN, null, null, "Discord is not reached", Limits.pause(backOff(attempt)));
        }
        return new Answer(Kind.LOST, null, null, "sent, but the answer was lost", Limits.NONE);
    }

    private Answer read(HttpResponse<String> response, int attempt) {
        int status = response.statusCode();
        JsonNode body = parse(response.body());
        if (status == 429) {
            return limited(response, body);
        }
        if (status >= 500) {
            Kind kind = status == 500 ? Kind.FAILED : Kind.AGAIN; // the others are an outage, not this message
            return new Answer(kind, status, null, "Discord answered " + status, Limits.pause(backOff(attempt)));
        }
        if (status / 100 == 2 && body.hasNonNull("id")) {
            return new Answer(Kind.DELIVERED, status, body.get("id").asText(), null, bucket(response, status));
        }
        Kind kind = GONE.contains(status) ? Kind.GONE : Kind.REFUSED;
        return new Answer(kind, status, null, words(status, body), bucket(response, status));
    }

    /** Discord's message, and for a bad form the first field that is wrong. */
    private static String words(int status, JsonNode body) {
        String message =
                "Discord answered " + status + ": " + body.path("message").asText("no reason given");
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

    /** The larger of header and body, as the vendor asks. Cloudflare's own answer has no bucket, and is for all. */
    private static Answer limited(HttpResponse<String> response, JsonNode body) {
        boolean fromDiscord = body.hasNonNull("retry_after");
        boolean global = body.path("global").asBoolean() || !fromDiscord;
        double inBody = body.path("retry_after").asDouble();
        Duration told = seconds(Math.max(inBody, number(response, "Retry-After")));
        Duration pause = told.isZero() ? WITHOUT_ADVICE : told;
        Integer remaining = remaining(response);
        boolean hidden = !global && remaining != null && remaining > 0;
        boolean shared = "shared"
                .equals(response.headers().firstValue("X-RateLimit-Scope").orElse(""));
        String reason = global ? "Discord limits all channels" : "Discord limits the channel";
        Duration untilFree = hidden ? seconds(inBody) : Duration.ZERO;
        Limits limits = new Limits(remaining, reset(response), pause, untilFree, global, !shared);
        return new Answer(Kind.AGAIN, 429, null, reason, limits);
    }

    private static Limits bucket(HttpResponse<String> response, int status) {
        boolean invalid = INVALID.contains(status);
        return new Limits(remaining(response), reset(response), Duration.ZERO, Duration.ZERO, false, invalid);
    }

    private static @Nullable Integer remaining(HttpResponse<String> response) {
        return response.headers().firstValue("X-RateLimit-Remaining").isPresent()
                ? (Integer) (int) number(response, "X-RateLimit-Remaining")
                : null;
    }

    private static Duration reset(HttpResponse<String> response) {
        return seconds(number(response, "X-RateLimit-Reset-After"));
    }

    private JsonNode parse(String body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.nullNode() : parsed;
        } catch (JsonProcessingException e) {
            return json.nullNode(); // Cloudflare's own 429 and 5xx are not JSON
        }
    }

    private static double number(HttpResponse<String> response, String header) {
        try {
            return Double.parseDouble(response.headers().firstValue(header).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }

    private static Duration backOff(int attempt) {
        return Duration.ofSeconds(Math.min(LONGEST_BACK_OFF, 1L << Math.min(attempt, 16)));
    }
}
