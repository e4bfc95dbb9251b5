package io.feedhub.delivery.text;

import java.util.regex.Pattern;

/** How wide a text is where every character has one column or two: in a code block. */
final class Columns {
    /** What a person sees as one character, however many it is made of. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    /** East Asian characters; what is an emoji by itself; what the variation selector or a second letter makes one. */
    private static final Pattern WIDE = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\x{3000}-\\x{303F}\\x{FF01}-\\x{FF60}].*"
                    + "|[\\x{1F18E}-\\x{1F19A}\\x{1F201}-\\x{1F265}\\x{1F300}-\\x{1FAFF}].*"
                    + "|[⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕].*"
                    + "|.*\\x{FE0F}.*|[\\x{1F1E6}-\\x{1F1FF}]{2}");

    private static final Pattern NONE = Pattern.compile("\\p{M}+|\\p{Cf}+");

    private Columns() {}

    static int of(String text) {
        return CHARACTER
                .matcher(text)
                .results()
                .mapToInt(found -> ofOne(found.group()))
                .sum();
    }

    private static int ofOne(String character) {
        if (NONE.matcher(character).matches()) {
            return 0;
        }
        return WIDE.matcher(character).matches() ? 2 : 1;
    }
}
