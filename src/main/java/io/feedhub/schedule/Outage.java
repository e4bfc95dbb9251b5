package io.feedhub.schedule;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/** Tells errors that the absence of the database brought about from those that a flow has to answer for. */
final class Outage {
    /** Stopped by its administrator, stopped by a crash, not ready yet: PostgreSQL's class 57, without what was cancelled. */
    private static final Set<String> STOPPED = Set.of("57P01", "57P02", "57P03");

    /** Of a connection that the pool has closed because it broke: it has no state, and what broke it was another's error. */
    private static final String CLOSED = "Connection is closed";

    private Outage() {}

    /** Whether a connection of the database broke, or could not be had. */
    static boolean isBehind(@Nullable Throwable error) {
        if (error == null) {
            return false;
        }
        for (Throwable cause : ObjectHelper.createExceptionIterable(error)) {
            if (cause instanceof SQLException failure && isAway(failure)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException // the pool's, which has waited for a connection
                || CLOSED.equals(failure.getMessage())
                || (state != null && (state.startsWith("08") || STOPPED.contains(state)));
    }
}
