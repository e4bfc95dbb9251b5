package io.feedhub.mesh;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What waits to be done by any machine, in {@code machine_work_queue}. Thread-safe. */
@Component
public final class WorkQueue {
    private static final String LOST = "FH003";

    private final JdbcClient database;
    private final TransactionTemplate transactions;

    WorkQueue(JdbcClient database, TransactionTemplate transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * What waits and nobody has in hand, oldest first.
     *
     * @param machine only what is for this machine or for any, or null for all
     * @param domain only of this domain, or null for all
     * @param after only what has a higher number than this
     * @param limit how many at most
     */
    public List<Work> waiting(@Nullable String machine, @Nullable String domain, long after, int limit) {
        return database.sql(
                        """
                select id, work, domain, title, machine, created_at from machine_work_queue q
                where status = 'waiting' and id > :after
                  and (:machine::text is null or machine is null or machine = :machine)
                  and (:domain::text is null or domain = :domain)
                  and not exists (select from work_claims c where c.work = q.work and c.lease_until > clock_timestamp())
                order by id limit :limit""")
                .param("machine", machine)
                .param("domain", domain)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Work(
                        row.getLong("id"),
                        row.getString("work"),
                        row.getString("domain"),
                        row.getString("title"),
                        row.getString("machine"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }

    /**
     * Ends a piece of work that is claimed under this epoch.
     *
     * @return false when the claim has run out or changed hands, or the work has an end already
     */
    public boolean done(String work, long epoch) {
        try {
            return transactions.execute(status -> finish(work, epoch));
        } catch (DataAccessException e) { // it has ended the transaction
            if (e.getMostSpecificCause() instanceof SQLException cause && LOST.equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private boolean finish(String work, long epoch) {
        database.sql("select hold_work(?, ?)")
                .params(work, epoch)
                .query((row, number) -> true)
                .single();
        return database.sql(
                                """
                update machine_work_queue set status = 'done', ended_at = clock_timestamp()
                where work = ? and status = 'waiting'""")
                        .param(work)
                        .update()
                == 1;
    }
}
