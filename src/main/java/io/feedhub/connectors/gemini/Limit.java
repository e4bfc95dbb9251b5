package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a 429 says.
 *
 * @param perDay whether a daily quota is used up; the delay beside it is then of no use
 * @param delay how long to wait otherwise
 */
record Limit(boolean perDay, Duration delay) {
    private static final Duration WORTH_WAITING = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    static Limit of(JsonNode error) {
        boolean perDay = false;
        Duration delay = MINUTE;
        for (JsonNode detail : error.at("/error/details")) {
            String type = detail.path("@type").asText();
            if (type.endsWith("QuotaFailure")) {
                perDay |= detail.path("violations").findValuesAsText("quotaId").stream()
                        .anyMatch(id -> id.contains("PerDay"));
            } else if (type.endsWith("ErrorInfo")) {
                perDay |= detail.at("/metadata/quota_limit").asText().contains("PerDay");
            } else if (type.endsWith("RetryInfo")) {
                delay = seconds(detail.path("retryDelay").asText());
            }
        }
        return new Limit(perDay, delay);
    }

    boolean isTerminal() {
        return perDay || delay.compareTo(WORTH_WAITING) > 0;
    }

    /** ProtoJSON's duration: {@code 48s}, {@code 12.5s}. */
    private static Duration seconds(String text) {
        return text.matches("\\d{1,6}(\\.\\d{1,9})?s")
                ? Duration.ofMillis(new BigDecimal(text.substring(0, text.length() - 1))
                        .movePointRight(3)
                        .longValue())
                : MINUTE;
    }
}
