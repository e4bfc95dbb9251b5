package io.feedhub.flows.check;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text writes tables of the hub: the name of one follows a verb that writes, or stands anywhere behind one that
 * defines or empties. It does not take long, however the text is made, since anybody may ask. The text is
 * read as it is, and as PostgreSQL reads it.
 */
final class OwnTables {
    private static final Pattern TABLE = Pattern.compile("(?i)(?:\"|(?<!\\w))feedhub\"?\\s*+\\.");
    private static final Pattern DEFINES = Pattern.compile("(?i)\\b(?:drop|alter|grant|revoke|create|truncate)\\b");
    private static final Set<String> WRITES = Set.of("insert", "merge", "update", "delete", "truncate", "copy");
    private static final Set<String> BETWEEN = Set.of("into", "from", "table", "only");

    private final String text;

    private OwnTables(String text) {
        this.text = text;
    }

    static boolean areWrittenBy(String text) {
        return new OwnTables(text).areWritten() || new OwnTables(Statements.code(text)).areWritten();
    }

    private boolean areWritten() {
        return TABLE.matcher(text).results().anyMatch(table -> isWritten(table.start())) || isDefined();
    }

    private boolean isDefined() {
        for (String statement : text.split(";")) {
            Matcher verb = DEFINES.matcher(statement);
            if (verb.find() && TABLE.matcher(statement).find(verb.end())) {
                return true;
            }
        }
        return false;
    }

    private boolean isWritten(int table) {
        int end = beforeGap(table);
        String word = wordBefore(end);
        while (BETWEEN.contains(word)) {
            end = beforeGap(end - word.length());
            word = wordBefore(end);
        }
        return WRITES.contains(word);
    }

    /** Where the space and the comments before a place begin. */
    private int beforeGap(int place) {
        int end = place;
        int before = -1;
        while (before != end) {
            before = end;
            end = beforeComment(beforeSpace(end));
        }
        return end;
    }

    /** And the bracket of {@code only (x)}. */
    private int beforeSpace(int place) {
        int end = place;
        while (end > 0 && (Character.isWhitespace(text.charAt(end - 1)) || text.charAt(end - 1) == '(')) {
            end--;
        }
        return end;
    }

    private int beforeComment(int end) {
        if (end > 1 && text.startsWith("*/", end - 2)) {
            return Math.max(0, text.lastIndexOf("/*", end - 2));
        }
        boolean endsLine = end < text.length() && text.charAt(end) == '\n';
        int line = endsLine ? text.indexOf("--", text.lastIndexOf('\n', end - 1) + 1) : -1;
        return line >= 0 && line < end ? line : end;
    }

    private String wordBefore(int end) {
        int begin = end;
        while (begin > 0 && end - begin < 10 && Character.isLetter(text.charAt(begin - 1))) {
            begin--;
        }
        return text.substring(begin, end).toLowerCase(Locale.ROOT);
    }
}
