package io.feedhub.flows.check;

import java.util.ArrayDeque;
import java.util.Deque;

/** Reads a jq query for its code: texts and comments become blanks of the same length, what is interpolated in texts stays. */
final class JqCode {
    private final String query;
    private final StringBuilder code = new StringBuilder();

    /** How many brackets are open in the code around each text that the place is within. */
    private final Deque<Integer> around = new ArrayDeque<>();

    private int open;
    private boolean inText;
    private int at;

    private JqCode(String query) {
        this.query = query;
    }

    static String of(String query) {
        JqCode reader = new JqCode(query);
        while (reader.at < query.length()) {
            if (reader.inText) {
                reader.text();
            } else {
                reader.code();
            }
        }
        return reader.code.toString();
    }

    private void text() {
        char letter = query.charAt(at);
        if (letter == '"') {
            inText = false;
            keep();
        } else if (query.startsWith("\\(", at)) {
            blank();
            around.push(open);
            open = 0;
            inText = false;
            keep();
        } else {
            blank();
            if (letter == '\\' && at < query.length()) {
                blank();
            }
        }
    }

    private void code() {
        switch (query.charAt(at)) {
            case '"' -> {
                inText = true;
                keep();
            }
            case '#' -> comment();
            case '(' -> {
                open++;
                keep();
            }
            case ')' -> close();
            default -> keep();
        }
    }

    private void comment() {
        while (at < query.length() && query.charAt(at) != '\n') {
            blank();
        }
    }

    private void close() {
        if (open == 0 && !around.isEmpty()) {
            open = around.pop();
            inText = true;
        } else {
            open--;
        }
        keep();
    }

    private void keep() {
        code.append(query.charAt(at++));
    }

    private void blank() {
        code.append(' ');
        at++;
    }
}
