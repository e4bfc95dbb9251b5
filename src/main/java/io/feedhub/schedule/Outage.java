package io.feedhub.schedule;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/** Tells errors that the absence of the database brought about from those that a flow has to answer for. */
final class Outage {
    /** Stopped by its administrator, stopped by a crash, not ready yet: PostgreSQL's class 57, without what was cancelled. */
    private static final Set<String> STOPPED = Set.of("57P01", "57P02", "57P03");

    private static final String IDLE_IN_TRANSACTION = "25P03";

    private Outage() {}

    /**
     * Whether a connection of the database broke, or could not be made. Not when the hub broke it, since it waited too long
     * for an answer, or PostgreSQL, since the run was idle too long within a transaction: that would happen again.
     */
    static boolean isBehind(@Nullable Throwable error) {
        List<Throwable> causes = causes(error);
        return causes.stream().anyMatch(Outage::isAway) && causes.stream().noneMatch(Outage::isTooLong);
    }

    /** Where a rollback failed as well, what it was for counts too. */
    private static List<Throwable> causes(@Nullable Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        if (error != null) {
            for (Throwable cause : ObjectHelper.createExceptionIterable(error)) {
                causes.add(cause);
                if (cause instanceof TransactionSystemException rollback) {
                    causes.addAll(causes(rollback.getApplicationException()));
                }
            }
        }
        return causes;
    }

    private static boolean isAway(Throwable cause) {
        String state = state(cause);
        return state.startsWith("08") || STOPPED.contains(state);
    }

    private static boolean isTooLong(Throwable cause) {
        return cause instanceof SocketTimeoutException || state(cause).equals(IDLE_IN_TRANSACTION);
    }

    private static String state(Throwable cause) {
        return cause instanceof SQLException failure && failure.getSQLState() != null ? failure.getSQLState() : "";
    }
}
