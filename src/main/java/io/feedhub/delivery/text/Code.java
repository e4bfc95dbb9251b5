package io.feedhub.delivery.text;

import java.util.List;
import java.util.stream.Stream;

/** Code blocks: cut between lines, and each part fenced. */
final class Code {
    private static final String FENCE = "```";

    private Code() {}

    static Piece of(String language, String code) {
        List<String> lines = code.stripTrailing().lines().toList();
        return new Piece(fenced(language, lines), most -> parts(language, List.of(), lines, most));
    }

    /** Parts of which each begins with the head lines; a line with line breaks in it stays together. */
    static List<String> parts(String language, List<String> head, List<String> lines, int most) {
        int room = most - Pager.length(fenced(language, head)) - 1;
        Pager pager = new Pager(room);
        for (String line : lines) {
            String safe = safe(line);
            pager.add(new Piece(safe.isEmpty() ? " " : safe, limit -> Prose.graphemes(safe, limit)), "\n");
        }
        return pager.pages().stream()
                .map(part -> fenced(
                        language, Stream.concat(head.stream(), part.lines()).toList()))
                .toList();
    }

    static String fenced(String language, List<String> lines) {
        return FENCE + language.strip() + "\n" + safe(String.join("\n", lines)) + "\n" + FENCE;
    }

    /** Discord knows no longer fence: one inside the code would end it. */
    private static String safe(String code) {
        return code.replace(FENCE, "``\u200b`");
    }
}
