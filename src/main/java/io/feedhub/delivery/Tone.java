package io.feedhub.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a message's colour says. Severities, states and tones are understood alike; what is not known is information. */
final class Tone {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int INFO = 0x5865F2;
    private static final Map<Integer, List<String>> WORDS = Map.of(
            0x3BA55D, List.of("good", "ok", "up", "online", "healthy", "resolved", "success", "done"),
            0xFAA61A, List.of("warn", "warning", "degraded", "medium", "minor"),
            0xED4245, List.of("bad", "error", "critical", "fatal", "failed", "down", "offline", "high", "major"));

    private Tone() {}

    /** The colour for a word, or the one that is written as #rrggbb. */
    static int colour(String word) {
        if (COLOUR.matcher(word).matches()) {
            return Integer.parseInt(word.substring(1), 16);
        }
        String lower = word.strip().toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(tone -> tone.getValue().contains(lower))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(INFO);
    }
}
