package io.feedhub.sandbox;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Discord's limit of a webhook, as its staff named it: 5 messages in 2 seconds. */
final class Bucket {
    private static final int SIZE = 5;
    private static final long WINDOW = 2_000;

    private final Clock clock;
    private final Map<String, long[]> windows = new HashMap<>();

    Bucket(Clock clock) {
        this.clock = clock;
    }

    /** Takes one message's place, or the vendor's 429. */
    synchronized Optional<Reply> take(String channel) {
        long now = clock.millis();
        long[] window = windows.computeIfAbsent(channel, name -> new long[] {now, 0});
        if (now - window[0] >= WINDOW) {
            window[0] = now;
            window[1] = 0;
        }
        if (window[1] < SIZE) {
            window[1]++;
            return Optional.empty();
        }
        double wait = (window[0] + WINDOW - now) / 1000.0;
        Map<String, String> headers = new HashMap<>(headers(channel));
        headers.put("Retry-After", String.valueOf((int) Math.ceil(wait)));
        headers.put("X-RateLimit-Scope", "user");
        return Optional.of(new Reply(
                429, headers, Map.of("message", "You are being rate limited.", "retry_after", wait, "global", false)));
    }

    synchronized Map<String, String> headers(String channel) {
        long[] window = windows.getOrDefault(channel, new long[] {clock.millis(), 0});
        double reset = Math.max(0, window[0] + WINDOW - clock.millis()) / 1000.0;
        return Map.of(
                "X-RateLimit-Limit", String.valueOf(SIZE),
                "X-RateLimit-Remaining", String.valueOf(SIZE - window[1]),
                "X-RateLimit-Reset", String.valueOf((window[0] + WINDOW) / 1000.0),
                "X-RateLimit-Reset-After", String.valueOf(reset),
                "X-RateLimit-Bucket", "webhook-" + channel);
    }
}
