package io.feedhub.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** How wide what is printed may be: as wide as the terminal, and without an end where a file or a program reads it. */
final class Terminal {
    private static final int USUAL = 100;

    private Terminal() {}

    /** That of the terminal, as the launcher has it from there. */
    static int width() {
        return width(System.getenv("COLUMNS"), Ansi.AUTO.enabled());
    }

    static int width(@Nullable String columns, boolean isTerminal) {
        if (columns != null && columns.matches("[1-9]\\d{0,4}")) {
            return Integer.parseInt(columns);
        }
        return isTerminal ? USUAL : Integer.MAX_VALUE;
    }

    /** For sentences, which go on in the next line and are easier to read when that comes soon. */
    static int forWords() {
        return forWords(width());
    }

    static int forWords(int width) {
        return Math.min(width, USUAL);
    }
}
