package io.feedhub.delivery.text;

import io.feedhub.delivery.text.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Running text: cut behind a line or a sentence, else between words, and never inside markup that would fall apart. */
final class Prose {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    /** Discord's own markup: spoilers and struck words. */
    private static final Pattern DISCORDS = Pattern.compile("\\|\\|.+?\\|\\||~~.+?~~", Pattern.DOTALL);

    private Prose() {}

    /** @param unbroken where the text must not be cut */
    static List<String> cut(String text, List<Span> unbroken, int most) {
        List<Span> kept = new ArrayList<>(unbroken);
        DISCORDS.matcher(text).results().forEach(found -> kept.add(new Span(found.start(), found.end())));
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (Pager.length(text.substring(from)) > most) {
            int furthest = text.offsetByCodePoints(from, most);
            int cut = best(text, from, furthest, kept);
            if (cut < 0) {
                cut = best(text, from, furthest, List.of());
            }
            if (cut < 0) {
                cut = from + graphemes(text.substring(from), most).get(0).length();
            }
            parts.add(text.substring(from, cut).stripTrailing());
            from = cut;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The last good place to cut, behind white space; one behind a sentence or a line wins in the second half. */
    private static int best(String text, int from, int furthest, List<Span> kept) {
        int between = -1;
        int behind = -1;
        Matcher space = SPACE.matcher(text).region(from, Math.min(text.length(), furthest + 1));
        while (space.find()) {
            int place = Math.min(space.end(), furthest);
            boolean free = space.start() > from && kept.stream().noneMatch(span -> span.contains(place));
            if (free) {
                between = place;
                boolean ends = ".!?…:".indexOf(text.charAt(space.start() - 1)) >= 0
                        || space.group().contains("\n");
                behind = ends ? place : behind;
            }
        }
        return behind - from > (furthest - from) / 2 ? behind : between;
    }

    /** Cuts between characters as people see them: no emoji and no accent falls apart. */
    static List<String> graphemes(String text, int most) {
        return graphemes(text, most, Pager::length);
    }

    /** @param length how long a part is */
    static List<String> graphemes(String text, int most, ToIntFunction<String> length) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        GRAPHEME.matcher(text).results().map(found -> found.group()).forEach(grapheme -> {
            if (!part.isEmpty() && length.applyAsInt(part + grapheme) > most) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(grapheme);
        });
        parts.add(part.toString());
        return parts;
    }
}
