package io.feedhub.sandbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Discord's limits, as its staff named them: 5 in 2 seconds for each webhook, which the headers announce, and 30 in 60
 * seconds for each channel, which they do not. Thread-safe.
 */
final class DiscordLimits {
    private final Clock clock;
    private final Bucket webhooks;
    private final Bucket channels;

    /** @param speed how many times as fast the windows pass; 0 lifts the limits */
    DiscordLimits(Clock clock, int speed) {
        this.clock = clock;
        this.webhooks = new Bucket(clock, speed == 0 ? Integer.MAX_VALUE : 5, 2_000 / Math.max(1, speed));
        this.channels = new Bucket(clock, speed == 0 ? Integer.MAX_VALUE : 30, 60_000 / Math.max(1, speed));
    }

    /** Takes one message's place, or gives the vendor's 429. */
    Optional<Reply> take(String channel) {
        if (!webhooks.take(channel)) {
            return Optional.of(limited(channel, webhooks));
        }
        return channels.take(channel) ? Optional.empty() : Optional.of(limited(channel, channels));
    }

    /** The headers of every answer. */
    Map<String, String> headers(String channel) {
        long reset = webhooks.resetAt(channel);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", String.valueOf(webhooks.size()));
        headers.put("X-RateLimit-Remaining", String.valueOf(webhooks.remaining(channel)));
        headers.put("X-RateLimit-Reset", seconds(reset));
        headers.put("X-RateLimit-Reset-After", seconds(Math.max(0, reset - clock.millis())));
        headers.put("X-RateLimit-Bucket", "webhook-" + channel);
        return headers;
    }

    private Reply limited(String channel, Bucket bucket) {
        long wait = Math.max(1, bucket.resetAt(channel) - clock.millis());
        Map<String, String> headers = headers(channel);
        headers.put("X-RateLimit-Scope", "user");
        if (bucket == webhooks) {
            headers.put("X-RateLimit-Remaining", "0");
            headers.put("X-RateLimit-Reset-After", seconds(wait));
        }
        headers.put("Retry-After", String.valueOf((wait + 999) / 1000));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", "You are being rate limited.");
        body.put("retry_after", wait / 1000.0);
        body.put("global", false);
        return new Reply(429, headers, body);
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%.3f", milliseconds / 1000.0);
    }
}
