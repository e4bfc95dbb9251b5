package io.feedhub.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What one answer says of Discord's limits.
 *
 * @param response its status and headers
 * @param body its JSON, or a node without members
 */
record RateLimit(HttpResponse response, JsonNode body) {
    private static final Duration WITHOUT_ADVICE = Duration.ofSeconds(60);
    private static final String REMAINING = "X-RateLimit-Remaining";
    private static final String RESET_AFTER = "X-RateLimit-Reset-After";

    /** Discord tells of seconds and minutes; PostgreSQL has no interval for what a fault may say. */
    private static final double LONGEST_SECONDS = 86_400;

    private static final Set<Integer> INVALID = Set.of(401, 403, 429);

    /** The webhook's bucket, as any answer tells of it. */
    Limits bucket() {
        return new Limits(
                remaining(), reset(), Duration.ZERO, Duration.ZERO, false, INVALID.contains(response.getCode()));
    }

    /**
     * What a 429 is about, and how long to wait: the larger of header and body, as the vendor asks. Cloudflare's own answer
     * has no bucket, and is for all.
     */
    Answer exceeded() {
        boolean fromDiscord = body.hasNonNull("retry_after");
        boolean global = body.path("global").asBoolean() || !fromDiscord;
        double inBody = body.path("retry_after").asDouble();
        Duration told = seconds(Math.max(inBody, number("Retry-After")));
        Duration pause = told.isZero() ? WITHOUT_ADVICE : told;
        Integer remaining = remaining();
        boolean shared = "shared".equals(header("X-RateLimit-Scope")); // others' sends count too: nothing to learn
        boolean hidden = !global && !shared && remaining != null && !isAnnounced(remaining, inBody);
        String reason = global ? "Discord limits all channels" : "Discord limits the channel";
        Duration untilFree = hidden ? seconds(inBody) : Duration.ZERO;
        Limits limits = new Limits(remaining, reset(), pause, untilFree, global, !shared);
        return new Answer(Kind.AGAIN, response.getCode(), null, reason, limits);
    }

    /** Whether the limit is the one of the headers: it has no place left, and ends when they say, but for rounding. */
    private boolean isAnnounced(int remaining, double wait) {
        return remaining == 0 && wait <= 1.1 * number(RESET_AFTER);
    }

    private @Nullable Integer remaining() {
        return response.containsHeader(REMAINING) ? (Integer) (int) number(REMAINING) : null;
    }

    private Duration reset() {
        return seconds(number(RESET_AFTER));
    }

    private String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? "" : header.getValue();
    }

    private double number(String name) {
        try {
            String value = header(name);
            return value.isEmpty() ? 0 : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(Math.min(Math.max(seconds, 0), LONGEST_SECONDS) * 1000));
    }
}
