package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Builds the body of a webhook call within Discord's limits, which count code points. */
@Component
final class Embed {
    private static final int TITLE = 256;
    private static final int DESCRIPTION = 4096;
    private static final Map<String, Integer> COLOURS =
            Map.of("good", 0x3BA55D, "bad", 0xED4245, "warn", 0xFAA61A, "info", 0x5865F2);

    private final ObjectMapper json;

    Embed(ObjectMapper json) {
        this.json = json;
    }

    String payload(String title, String text, String url, String tone) {
        Map<String, Object> embed = new LinkedHashMap<>();
        embed.put("title", cut(title, TITLE));
        if (!text.isBlank()) {
            embed.put("description", cut(text, DESCRIPTION));
        }
        if (url.startsWith("https://") || url.startsWith("http://")) {
            embed.put("url", url);
        }
        embed.put("color", COLOURS.getOrDefault(tone, COLOURS.get("info")));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("username", "Feed-Hub");
        payload.put("embeds", List.of(embed));
        payload.put("allowed_mentions", Map.of("parse", List.of()));
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of texts is JSON", e);
        }
    }

    private static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
