package io.feedhub.database;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/** An error in one line: the first of its deepest cause, since PostgreSQL's further lines repeat the row. */
public final class Reason {
    /** PostgreSQL puts a value that it refuses into its first line, however long that is. */
    private static final int LONGEST = 1_000;

    private Reason() {}

    /** What the error says, or its type when it says nothing. */
    public static String of(Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : Storable.text(
                        Characters.cut(message.strip().lines().findFirst().orElse(message), LONGEST));
    }

    /**
     * Whether the database refuses what it was told, which another try does not help. Whatever else it says may pass:
     * that it is away, has become a standby or takes no writes while its disk is full.
     */
    public static boolean isRefusal(DataAccessException error) {
        return error instanceof DataIntegrityViolationException;
    }
}
