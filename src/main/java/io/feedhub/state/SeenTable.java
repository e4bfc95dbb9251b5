package io.feedhub.state;

import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code feedhub.seen}: who adds many keys to it does so here. Thread-safe. */
@Component
public final class SeenTable {
    private final JdbcClient database;

    /** The table of a database. */
    public SeenTable(JdbcClient database) {
        this.database = database;
    }

    /**
     * Adds many keys with one statement, in the transaction around it. The keys are sorted, so that two batches with common
     * keys wait for each other and do not deadlock.
     *
     * @param claim who adds them: an exchange's id, or import
     * @return the keys that are new
     */
    public Set<String> add(String flow, String claim, Collection<String> keys) {
        return database.sql(
                        """
                insert into feedhub.seen (flow, key, claim)
                select ?, key, ? from unnest(?::text[]) key order by key collate "C"
                on conflict do nothing returning key""")
                .param(1, flow)
                .param(2, claim)
                .param(3, keys.toArray(String[]::new))
                .query(String.class)
                .set();
    }
}
