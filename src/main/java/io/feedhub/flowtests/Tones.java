package io.feedhub.flowtests;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words for a post's colour, as {@code delivery.Tone} understands them. */
final class Tones {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Map<Integer, String> TONES =
            Map.of(0x3BA55D, "good", 0xED4245, "bad", 0xFAA61A, "warn", 0x5865F2, "info");
    private static final Map<String, List<String>> WORDS = Map.of(
            "good", List.of("good", "ok", "up", "online", "healthy", "resolved", "success", "done"),
            "warn", List.of("warn", "warning", "degraded", "medium", "minor"),
            "bad", List.of("bad", "error", "critical", "fatal", "failed", "down", "offline", "high", "major"),
            "info", List.of("info"));

    private Tones() {}

    /** One of good, warn, bad and info, or any other colour as #rrggbb. */
    static String of(int colour) {
        return TONES.getOrDefault(colour, String.format("#%06x", colour));
    }

    /**
     * The same for what a test says: a word, a colour, or an expression between slashes, which stays as it is.
     *
     * @throws IllegalArgumentException when it is none of these; its message says what to write
     */
    static String of(String written) {
        if (COLOUR.matcher(written).matches()) {
            return of(Integer.parseInt(written.substring(1), 16));
        }
        String word = written.strip().toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(tone -> tone.getValue().contains(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> {
                    if (Fit.isExpression(written)) {
                        return written;
                    }
                    throw new IllegalArgumentException(
                            "there is no tone " + written + "; write a colour as #rrggbb, or " + "one of: "
                                    + String.join(", ", words()) + " (info is what any other word of a flow becomes)");
                });
    }

    private static Set<String> words() {
        return WORDS.values().stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
