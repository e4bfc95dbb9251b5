package io.feedhub.schedule;

import static io.feedhub.database.Columns.texts;

import io.feedhub.nodes.Lifeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
     * Gives the instants of gaps their rows, oldest first; those of many flows in few statements.
     *
     * @return the rows that nobody else had written meanwhile, and what they made superfluous
     */
    Filled record(List<Gap> gaps, Instant now) {
        List<Gap> caughtUp = gaps.stream()
                .filter(gap -> runs(gap) > 0)
                .sorted(Comparator.comparing(gap -> gap.plan().flow())) // so that two nodes do not lock each other out
                .toList();
        List<Superseded> ended = supersede(caughtUp);
        List<Row> rows = gaps.stream().flatMap(gap -> decide(gap, now).stream()).toList();
        List<Row> written = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            written.addAll(insert(rows.subList(from, Math.min(from + CHUNK, rows.size()))));
        }
        ended.addAll(supersede(caughtUp)); // and what another node, that found a part of them, has planned meanwhile
        return new Filled(written, ended);
    }

    /** How many instants of the flow may wait for a catch-up. */
    private int runs(Gap gap) {
        return switch (gap.plan().terms().catchUp()) {
            case SKIP -> 0;
            case ONCE -> 1;
            case ALL -> limits.catchUpAtMost();
        };
    }

    private String policy(Gap gap) {
        return switch (gap.plan().terms().catchUp()) {
            case SKIP -> "; catchUp is skip";
            case ONCE -> "; catchUp is once, a later instant runs";
            case ALL -> "; catchUp runs the newest " + runs(gap);
        };
    }

    private int firstRun(Gap gap) {
        return Math.max(0, gap.instants().size() - runs(gap));
    }

    private List<Row> decide(Gap gap, Instant now) {
        int firstRun = firstRun(gap);
        String reason = gap.why() + policy(gap);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < gap.instants().size(); i++) {
            Instant at = gap.instants().get(i);
            rows.add(
                    i < firstRun
                            ? new Row(gap.plan(), at, gap.outcome(), null, reason)
                            : new Row(
                                    gap.plan(),
                                    at,
                                    RunOutcome.PLANNED,
                                    now.plus(SPACING.multipliedBy(i - firstRun)),
                                    gap.why()));
        }
        return rows;
    }

    private List<Row> insert(List<Row> rows) {
        List<Integer> written = database.sql(
                        """
                with given as (
                  select * from unnest(?::text[], ?::timestamptz[], ?::boolean[], ?::text[], ?::timestamptz[], ?::text[])
                    with ordinality as r (flow, at, alone, outcome, due_at, error, n)),
                written as (
                  insert into feedhub.occurrence
                    (flow, scheduled_at, origin, alone, outcome, started_at, ended_at, due_at, error)
                  select flow, at, case when outcome = 'planned' then 'catch-up' else 'schedule' end, alone, outcome, null,
                         case when outcome <> 'planned' then clock_timestamp() end, due_at, error
                  from given order by flow, at
                  on conflict do nothing returning flow, scheduled_at)
                select n from given join written w on w.flow = given.flow and w.scheduled_at = given.at order by n""")
                .params(
                        texts(rows, row -> row.plan().flow()),
                        texts(rows, Row::at),
                        texts(rows, row -> row.plan().terms().alone()),
                        texts(rows, Row::outcome),
                        texts(rows, Row::dueAt),
                        texts(rows, Row::reason))
                .query(Integer.class)
                .list();
        return written.stream().map(n -> rows.get(n - 1)).toList();
    }

    /**
     * Of the instants that wait for a catch-up and were never claimed only the newest are to run, however many gaps they
     * come from. Before the gaps get their rows: if the node dies in between, its peers find the gaps.
     */
    private List<Superseded> supersede(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return new ArrayList<>();
        }
        return database.sql(
                        """
                update feedhub.occurrence o
                set outcome = old.outcome, ended_at = clock_timestamp(), error = o.error || old.policy
                from (
                  select waiting.id, g.outcome, g.policy
                  from unnest(?::text[], ?::timestamptz[], ?::integer[], ?::text[], ?::text[]) as g (flow, first, room, outcome, policy),
                  lateral (
                    select id from feedhub.occurrence p
                    where p.flow = g.flow and p.outcome = 'planned' and p.origin = 'catch-up' and p.epoch = 1
                      and p.scheduled_at < g.first
                    order by p.scheduled_at desc offset g.room) as waiting
                ) as old
                where o.id = old.id and o.outcome = 'planned' and o.epoch = 1
                returning o.flow, o.outcome""")
                .params(
                        texts(gaps, gap -> gap.plan().flow()),
                        texts(gaps, gap -> gap.instants().get(firstRun(gap))),
                        texts(
                                gaps,
                                gap -> Math.max(0, runs(gap) - gap.instants().size())),
                        texts(gaps, Gap::outcome),
                        texts(gaps, this::policy))
                .query((row, number) -> new Superseded(row.getString("flow"), RunOutcome.of(row.getString("outcome"))))
                .list();
    }

    /**
     * What became of gaps.
     *
     * @param rows those of their instants
     * @param ended what had been planned of earlier gaps, and is not run, since only the newest are
     */
    record Filled(List<Row> rows, List<Superseded> ended) {}

    /** A planned run that came to an end without being run. */
    record Superseded(String flow, RunOutcome outcome) {}

    /** An instant of a flow that this node knows no row of. */
    record Open(Plan plan, Instant at) {}

    /**
     * Instants of one flow without a row.
     *
     * @param instants oldest first, at least one
     * @param outcome missed or skipped, of those that are not run
     * @param why what kept the flow from running at its time
     */
    record Gap(Plan plan, List<Instant> instants, RunOutcome outcome, String why) {}

    /**
     * An instant's row.
     *
     * @param dueAt when it may be run, for a planned one
     */
    record Row(Plan plan, Instant at, RunOutcome outcome, @Nullable Instant dueAt, String reason) {}
}
