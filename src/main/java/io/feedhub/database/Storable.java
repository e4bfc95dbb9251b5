package io.feedhub.database;

import java.util.regex.Pattern;

/** Texts from outside as PostgreSQL takes them: without the character NUL, for which U+FFFD stands. */
public final class Storable {
    private static final String ESCAPED = "\\u0000";

    /** Where the backslash before it is not itself escaped. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private Storable() {}

    /** A text that may become a value of a column. */
    public static String text(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** The same for JSON, in which NUL is written as an escape. */
    public static String json(String json) {
        return json.contains(ESCAPED) ? NUL.matcher(json).replaceAll("$1\uFFFD") : json;
    }
}
