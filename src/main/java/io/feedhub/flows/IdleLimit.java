package io.feedhub.flows;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * For how long the caller's transaction, if there is one, may say nothing before PostgreSQL ends it. Where there is none it
 * changes nothing.
 */
@Component
final class IdleLimit {
    private static final Duration LIFTED = Duration.ofMinutes(10);

    /** PostgreSQL knows no limit above 24 days. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** For what a swap does beside waiting. */
    private static final Duration WORK = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final Duration drain;

    IdleLimit(JdbcClient database, FlowSettings settings) {
        this.database = database;
        this.drain = settings.edits().drain();
    }

    /** Lets the transaction say nothing while it waits for its turn. */
    String lift() {
        return lift(LIFTED);
    }

    /**
     * Lets the transaction say nothing for as long as runs in flight may take to end: PostgreSQL ends others sooner, and the
     * edit that ran already could not be recorded.
     *
     * @param swaps how many flows are exchanged, one after the other
     * @return for how long it might before
     */
    String lift(int swaps) {
        long seconds = drain.multipliedBy(swaps).plus(WORK).toSeconds();
        return lift(Duration.ofSeconds(Math.min(Math.max(seconds, LIFTED.toSeconds()), LONGEST.toSeconds())));
    }

    private String lift(Duration time) {
        String before = database.sql("select current_setting('idle_in_transaction_session_timeout')")
                .query(String.class)
                .single();
        set(time.toMillis() + "ms");
        return before;
    }

    /**
     * From here on it may be idle for so long: as long as before it was lifted, for a node that is frozen would keep others
     * waiting.
     */
    void set(String time) {
        database.sql("select set_config('idle_in_transaction_session_timeout', ?, true)")
                .param(time)
                .query(String.class)
                .single();
    }
}
