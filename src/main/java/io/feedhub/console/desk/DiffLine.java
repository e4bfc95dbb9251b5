package io.feedhub.console.desk;

import java.util.List;

/**
 * A line of a unified difference.
 *
 * @param kind added, removed, place or same
 * @param text without the sign
 */
record DiffLine(String kind, String text) {

    /** The lines of what {@code diff -u} prints, without its two lines of names. */
    static List<DiffLine> of(String unified) {
        return unified.lines().skip(2).map(DiffLine::line).toList();
    }

    private static DiffLine line(String line) {
        if (line.startsWith("@@")) {
            return new DiffLine("place", line);
        }
        String text = line.isEmpty() ? "" : line.substring(1);
        return new DiffLine(line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same", text);
    }
}
