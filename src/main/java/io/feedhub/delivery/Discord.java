package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.delivery.Ledger.Answer;
import io.feedhub.delivery.Ledger.Envelope;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Executes a webhook and says what the answer means for the message. The JDK's client is used because it tells a
 * connection that never was from an answer that was lost: only the first may be repeated. Thread-safe.
 */
@Component
final class Discord {
    private static final int TRIES = 8;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration ANSWER = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ObjectMapper json;

    Discord(ObjectMapper json) {
        this.json = json;
    }

    Answer send(String webhook, Envelope envelope) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(webhook + "?wait=true"))
                .header("Content-Type", "application/json")
                .header("User-Agent", "DiscordBot (feed-hub, 0.1)")
                .timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofString(envelope.payload()))
                .build();
        try {
            return read(http.send(request, HttpResponse.BodyHandlers.ofString()), envelope);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Answer("pending", null, null, "Discord is not reached", backOff(envelope));
        } catch (IOException e) {
            return new Answer("unknown", null, null, "sent, but the answer was lost", Duration.ZERO);
        }
    }

    private Answer read(HttpResponse<String> response, Envelope envelope) {
        int status = response.statusCode();
        JsonNode body = parse(response.body());
        if (status == 429) {
            return new Answer("pending", status, null, "rate limited", longest(response, body));
        }
        if (status >= 500) {
            String reason = "Discord answered " + status;
            return envelope.attempt() < TRIES
                    ? new Answer("pending", status, null, reason, backOff(envelope))
                    : new Answer("parked", status, null, reason + " " + TRIES + " times", Duration.ZERO);
        }
        if (status >= 200 && status < 300 && body.hasNonNull("id")) {
            return new Answer("delivered", status, body.get("id").asText(), null, untilReset(response));
        }
        String words = body.path("message").asText("no reason given");
        return new Answer("parked", status, null, "Discord answered " + status + ": " + words, untilReset(response));
    }

    private JsonNode parse(String body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.nullNode() : parsed;
        } catch (JsonProcessingException e) {
            return json.nullNode(); // Cloudflare's own 429 and 5xx are not JSON
        }
    }

    /** The larger of header and body, as the vendor asks; at least a second. */
    private static Duration longest(HttpResponse<String> response, JsonNode body) {
        double inBody = body.path("retry_after").asDouble(1);
        return seconds(Math.max(Math.max(inBody, header(response, "Retry-After")), 1));
    }

    /** Nothing left in this bucket: wait for its reset instead of running into a 429. */
    private static Duration untilReset(HttpResponse<String> response) {
        boolean spent = response.headers()
                .firstValue("X-RateLimit-Remaining")
                .filter("0"::equals)
                .isPresent();
        return spent ? seconds(header(response, "X-RateLimit-Reset-After")) : Duration.ZERO;
    }

    private static double header(HttpResponse<String> response, String name) {
        try {
            return Double.parseDouble(response.headers().firstValue(name).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }

    private static Duration backOff(Envelope envelope) {
        return Duration.ofSeconds(Math.min(60, 1L << Math.min(envelope.attempt(), 6)));
    }
}
