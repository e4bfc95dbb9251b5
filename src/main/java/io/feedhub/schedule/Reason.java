package io.feedhub.schedule;

import org.springframework.core.NestedExceptionUtils;

/** An error in one line. */
final class Reason {
    private Reason() {}

    static String of(Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        // only the first line: PostgreSQL's further lines repeat the row
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines()
                        .findFirst()
                        .orElse(message)
                        .replace('\0', '\uFFFD'); // which PostgreSQL takes in no text
    }
}
