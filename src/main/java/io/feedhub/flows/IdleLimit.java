package io.feedhub.flows;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * For how long the caller's transaction, if there is one, may say nothing before PostgreSQL ends it. Where there is none it
 * changes nothing.
 */
@Component
final class IdleLimit {
    private final JdbcClient database;

    IdleLimit(JdbcClient database) {
        this.database = database;
    }

    /**
     * Lets the transaction say nothing for as long as runs in flight may take to end: PostgreSQL ends others sooner, and the
     * edit that ran already could not be recorded.
     *
     * @return for how long it might before
     */
    String lift() {
        String before = database.sql("select current_setting('idle_in_transaction_session_timeout')")
                .query(String.class)
                .single();
        set("10min");
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
