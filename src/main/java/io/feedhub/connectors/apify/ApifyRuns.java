package io.feedhub.connectors.apify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs that were asked for and not yet read, written down before Apify hears of them. */
@Component
final class ApifyRuns {
    /** Apify keeps an unnamed dataset for so long. */
    private static final Duration DATASETS_LAST = Duration.ofDays(7);

    private final JdbcClient database;
    private final Clock clock;

    ApifyRuns(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What an earlier call of the flow asked for and never read, if it can still be read. */
    Optional<Asked> find(Order order) {
        return database.sql(
                        """
                select asked_at, run_id from feedhub.apify_run
                where flow = ? and actor = ? and input = ? and asked_at > ?""")
                .params(
                        order.flow(),
                        order.actor(),
                        hash(order),
                        Timestamp.from(clock.instant().minus(DATASETS_LAST)))
                .query(ApifyRuns::asked)
                .optional();
    }

    /** Writes down that a run is about to be started. */
    void ask(Order order) {
        database.sql(
                        """
                insert into feedhub.apify_run (flow, actor, input, asked_at) values (?, ?, ?, ?)
                on conflict (flow, actor, input) do update set asked_at = excluded.asked_at, run_id = null""")
                .params(order.flow(), order.actor(), hash(order), Timestamp.from(clock.instant()))
                .update();
    }

    /** Writes down which run it became. */
    void started(Order order, String run) {
        database.sql("update feedhub.apify_run set run_id = ? where flow = ? and actor = ? and input = ?")
                .params(run, order.flow(), order.actor(), hash(order))
                .update();
    }

    /** Whether a run belongs or belonged to some order; another flow may use the same actor. */
    boolean knows(String run) {
        return database.sql(
                        """
                select exists (select from feedhub.apify_run where run_id = ?)
                    or exists (select from feedhub.apify_read where run_id = ?)""")
                .params(run, run)
                .query(Boolean.class)
                .single();
    }

    /** The run was read, or has come to nothing; so have those that nobody can read any more. */
    void forget(Order order) {
        Instant now = clock.instant();
        Timestamp old = Timestamp.from(now.minus(DATASETS_LAST));
        database.sql(
                        """
                with ended as (
                  delete from feedhub.apify_run where flow = ? and actor = ? and input = ? returning run_id
                ), lost as (
                  delete from feedhub.apify_run where asked_at < ? and (flow, actor, input) <> (?, ?, ?)
                ), old as (
                  delete from feedhub.apify_read where read_at < ?
                )
                insert into feedhub.apify_read (run_id, read_at)
                select run_id, ? from ended where run_id is not null
                on conflict do nothing""")
                .params(
                        order.flow(),
                        order.actor(),
                        hash(order),
                        old,
                        order.flow(),
                        order.actor(),
                        hash(order),
                        old,
                        Timestamp.from(now))
                .update();
    }

    private static Asked asked(ResultSet row, int number) throws SQLException {
        return new Asked(row.getTimestamp("asked_at").toInstant(), row.getString("run_id"));
    }

    private static String hash(Order order) {
        return DigestUtils.sha256Hex(order.input());
    }

    /**
     * @param run null when the answer to the start never came
     */
    record Asked(Instant at, @Nullable String run) {}
}
