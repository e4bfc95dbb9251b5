package io.feedhub.mesh;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who has which work in hand, in {@code work_claims}. One statement claims, and PostgreSQL decides between those who race; its
 * clock alone counts, so machines' clocks may differ. Thread-safe, also between nodes.
 */
@Component
public final class WorkClaims {
    private static final String COLUMNS = " id, work, holder, epoch, lease_until";

    private final JdbcClient database;

    WorkClaims(JdbcClient database) {
        this.database = database;
    }

    /**
     * Claims a piece of work that nobody has in hand. Who has it already keeps it, for another lease: an answer that was
     * lost may be asked for again.
     *
     * @return empty when somebody else has it
     */
    public Optional<Claim> claim(String work, String holder, Duration lease) {
        return database.sql(
                        """
                insert into work_claims as c (work, holder, lease_until)
                values (:work, :holder, clock_timestamp() + make_interval(secs => :lease))
                on conflict (work) do update
                set holder = excluded.holder, lease_until = excluded.lease_until, claimed_at = clock_timestamp(),
                    epoch = case when c.holder = excluded.holder and c.lease_until > clock_timestamp()
                                 then c.epoch else c.epoch + 1 end
                where c.holder = excluded.holder or c.lease_until <= clock_timestamp()
                returning"""
                                + COLUMNS)
                .param("work", work)
                .param("holder", holder)
                .param("lease", lease.toSeconds())
                .query(WorkClaims::row)
                .optional();
    }

    /** The newest claim of a piece of work, whether its lease still runs or not. */
    public Optional<Claim> of(String work) {
        return database.sql("select" + COLUMNS + " from work_claims where work = ?")
                .param(work)
                .query(WorkClaims::row)
                .optional();
    }

    /**
     * Keeps a claim for another lease.
     *
     * @return empty when the claim has run out or changed hands
     */
    public Optional<Claim> renew(long id, long epoch, Duration lease) {
        return database.sql(
                        """
                update work_claims set lease_until = clock_timestamp() + make_interval(secs => ?)
                where id = ? and epoch = ? and lease_until > clock_timestamp() returning"""
                                + COLUMNS)
                .params(lease.toSeconds(), id, epoch)
                .query(WorkClaims::row)
                .optional();
    }

    /**
     * Gives a claim up.
     *
     * @return false when it had run out or changed hands
     */
    public boolean release(long id, long epoch) {
        return database.sql(
                                """
                update work_claims set lease_until = clock_timestamp()
                where id = ? and epoch = ? and lease_until > clock_timestamp()""")
                        .params(id, epoch)
                        .update()
                == 1;
    }

    private static Claim row(ResultSet row, int number) throws SQLException {
        return new Claim(
                row.getLong("id"),
                row.getString("work"),
                row.getString("holder"),
                row.getLong("epoch"),
                row.getTimestamp("lease_until").toInstant());
    }
}
