package io.feedhub.database;

/** How long texts are, as PostgreSQL, Discord and a person count: a character that takes two of Java's is one. */
public final class Characters {
    private Characters() {}

    /** How many a text has. */
    public static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A text of at most so many; of a longer one the beginning, and "…" as its last. */
    public static String cut(String text, int most) {
        return count(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
