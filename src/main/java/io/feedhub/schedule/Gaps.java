package io.feedhub.schedule;

import static io.feedhub.schedule.Claims.texts;

import io.feedhub.nodes.Lifeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Instants that came and went without a row, because every node was down, the database was away, or the flow was paused.
 * Each gets its row: planned when the flow's {@code catchUp} wants it run, else missed, or skipped when it was paused.
 */
@Component
final class Gaps {
    /** Catch-up runs begin one after the other, with this between them. */
    static final Duration SPACING = Duration.ofSeconds(1);

    private static final int CHUNK = 1_000;

    private final JdbcClient database;
    private final Limits limits;

    Gaps(Lifeline lifeline, Limits limits) {
        this.database = lifeline.database();
        this.limits = limits;
    }

    /** Of instants without a row that this node knows of, those that have none in the database either; all flows at once. */
    List<Open> unrecorded(List<Open> instants) {
        List<Open> open = new ArrayList<>();
        for (int from = 0; from < instants.size(); from += CHUNK) {
            List<Open> chunk = instants.subList(from, Math.min(from + CHUNK, instants.size()));
            List<Integer> missing = database.sql(
                            """
                    select n from unnest(?::text[], ?::timestamptz[]) with ordinality as open (flow, at, n)
                    where not exists (
                      select from feedhub.occurrence o where o.flow = open.flow and o.scheduled_at = open.at)
                    order by n""")
                    .params(texts(chunk, each -> each.plan().flow()), texts(chunk, Open::at))
                    .query(Integer.class)
                    .list();
            missing.forEach(n -> open.add(chunk.get(n - 1)));
        }
        return open;
    }

    /**
     * Gives instants their rows, oldest first.
     *
     * @param why what kept the flow from running at its time
     * @return the rows that nobody else had written meanwhile
     */
    List<Row> record(Plan plan, List<Instant> instants, String outcome, String why, Instant now) {
        List<Row> rows = decide(plan.terms().catchUp(), instants, outcome, why, now);
        List<Row> written = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            written.addAll(insert(plan, rows.subList(from, Math.min(from + CHUNK, rows.size()))));
        }
        if (plan.terms().catchUp() == Terms.CatchUp.ONCE) {
            supersede(plan.flow(), rows.get(rows.size() - 1).at(), outcome);
        }
        return written;
    }

    private List<Row> decide(Terms.CatchUp catchUp, List<Instant> instants, String outcome, String why, Instant now) {
        int runs =
                switch (catchUp) {
                    case SKIP -> 0;
                    case ONCE -> 1;
                    case ALL -> limits.catchUpAtMost();
                };
        int firstRun = Math.max(0, instants.size() - runs);
        String policy =
                switch (catchUp) {
                    case SKIP -> "; catchUp is skip";
                    case ONCE -> "; catchUp is once, a later instant runs";
                    case ALL -> "; catchUp runs the newest " + runs;
                };
        List<Row> rows = new ArrayList<>(instants.size());
        for (int i = 0; i < instants.size(); i++) {
            Instant at = instants.get(i);
            rows.add(
                    i < firstRun
                            ? new Row(at, outcome, null, why + policy)
                            : new Row(at, "planned", now.plus(SPACING.multipliedBy(i - firstRun)), why));
        }
        return rows;
    }

    private List<Row> insert(Plan plan, List<Row> rows) {
        return database.sql(
                        """
                insert into feedhub.occurrence
                  (flow, scheduled_at, origin, alone, outcome, started_at, ended_at, due_at, error)
                select ?, at, case when outcome = 'planned' then 'catch-up' else 'schedule' end, ?, outcome, null,
                       case when outcome <> 'planned' then clock_timestamp() end, due_at, error
                from unnest(?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[]) as r (at, outcome, due_at, error)
                on conflict do nothing returning scheduled_at, outcome, error""")
                .params(
                        plan.flow(),
                        plan.terms().alone(),
                        texts(rows, Row::at),
                        texts(rows, Row::outcome),
                        texts(rows, Row::dueAt),
                        texts(rows, Row::reason))
                .query((row, number) -> new Row(
                        row.getTimestamp("scheduled_at").toInstant(),
                        row.getString("outcome"),
                        null,
                        row.getString("error")))
                .list();
    }

    /** Of the instants that wait for a catch-up only the newest is to run. */
    private void supersede(String flow, Instant newest, String outcome) {
        database.sql(
                        """
                update feedhub.occurrence
                set outcome = ?, ended_at = clock_timestamp(), error = error || '; catchUp is once, a later instant runs'
                where flow = ? and outcome = 'planned' and origin = 'catch-up' and epoch = 1
                  and scheduled_at < ?::timestamptz""")
                .params(outcome, flow, newest.toString())
                .update();
    }

    /** An instant of a flow that this node knows no row of. */
    record Open(Plan plan, Instant at) {}

    /**
     * An instant's row.
     *
     * @param dueAt when it may be run, for a planned one
     */
    record Row(Instant at, String outcome, @Nullable Instant dueAt, String reason) {}
}
