package io.feedhub.console.rest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What a request must say: one that does not, or says too much, is answered with 400 and the rule. */
final class Needed {
    private Needed() {}

    /** A text of any lines, as PostgreSQL takes it. */
    static String text(String field, @Nullable String value, int longest) {
        if (value == null || value.indexOf('\0') >= 0 || isNone(value, longest)) {
            throw refused(field + " must be a text of at most " + longest + " characters");
        }
        return value;
    }

    /** A name, which stands in lists and lines of the log. */
    static String name(String field, @Nullable String value, int longest) {
        if (value == null || value.chars().anyMatch(Character::isISOControl) || isNone(value, longest)) {
            throw refused(field + " must be a name of at most " + longest + " characters, without control characters");
        }
        return value;
    }

    private static boolean isNone(String value, int longest) {
        return value.isBlank() || value.length() > longest;
    }

    private static ResponseStatusException refused(String rule) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, rule);
    }
}
