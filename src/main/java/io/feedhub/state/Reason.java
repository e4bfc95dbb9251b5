package io.feedhub.state;

import org.springframework.core.NestedExceptionUtils;

/** An error in one line: the first of its deepest cause, since PostgreSQL's further lines repeat the row. */
final class Reason {
    private Reason() {}

    static String of(Throwable error) {
        String message =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(error).getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
