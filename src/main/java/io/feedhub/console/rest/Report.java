package io.feedhub.console.rest;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What became of what was planned and written since an instant, from the ledgers alone. Thread-safe. */
@Component
final class Report {
    private static final String LINES =
            """
            with ran as (
              select flow, count(*) as planned,
                     count(*) filter (where outcome = 'done') as done,
                     count(*) filter (where outcome = 'failed') as failed,
                     count(*) filter (where outcome = 'skipped') as skipped,
                     count(*) filter (where outcome = 'missed') as missed,
                     count(*) filter (where outcome in ('planned', 'running')) as open,
                     mode() within group (order by error) filter (where outcome = 'failed') as reason
              from feedhub.occurrence where scheduled_at >= :since group by flow),
            wrote as (
              select flow, count(*) as written,
                     count(*) filter (where state = 'delivered') as delivered,
                     count(*) filter (where state in ('parked', 'given-up')) as parked,
                     count(*) filter (where state = 'unknown') as unknown
              from feedhub.outgoing where created_at >= :since group by flow)
            select coalesce(ran.flow, wrote.flow) as flow, coalesce(planned, 0) as planned, coalesce(done, 0) as done,
                   coalesce(failed, 0) as failed, coalesce(skipped, 0) as skipped, coalesce(missed, 0) as missed,
                   coalesce(open, 0) as open, coalesce(written, 0) as written, coalesce(delivered, 0) as delivered,
                   coalesce(parked, 0) as parked, coalesce(unknown, 0) as unknown, reason
            from ran full join wrote on ran.flow = wrote.flow order by 1""";

    private final JdbcClient database;

    Report(JdbcClient database) {
        this.database = database;
    }

    /** One line for each flow that was planned or wrote something. */
    List<Line> since(Instant since) {
        return database.sql(LINES)
                .param("since", Timestamp.from(since))
                .query(Line.class)
                .list();
    }

    /**
     * One flow's line.
     *
     * @param planned instants of its schedule, and runs that something else started: the sum of the next five
     * @param open planned or running
     * @param written messages, which are delivered, parked, unknown, or still wait
     * @param reason the most frequent reason of its failures, or null
     */
    record Line(
            String flow,
            long planned,
            long done,
            long failed,
            long skipped,
            long missed,
            long open,
            long written,
            long delivered,
            long parked,
            long unknown,
            @Nullable String reason) {}
}
