package io.feedhub.state;

import org.springframework.core.NestedExceptionUtils;

/** An error in one line: the first of its deepest cause, since PostgreSQL's further lines repeat the row. */
final class Reason {
    private Reason() {}

    /** What the error says, or its type when it says nothing. */
    static String of(Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse(message);
    }
}
