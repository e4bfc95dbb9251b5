package io.feedhub.schedule;

import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who runs what, in {@code feedhub.occurrence}. Each statement takes a whole batch, and PostgreSQL decides: the key
 * {@code (flow, scheduled_at)} lets one node have an instant, the epoch lets one holder at a time write for it.
 */
@Component
final class Claims {
    private final JdbcClient database;
    private final Node node;

    Claims(Lifeline lifeline, Node node) {
        this.database = lifeline.database();
        this.node = node;
    }

    /**
     * Claims instants for this node, in the keys' order so that racing nodes cannot lock each other out. An instant that
     * comes while its flow runs is skipped or planned, as the flow's overlap says. One that is ahead of the database's
     * clock is left: a node whose clock is wrong must not run flows early.
     *
     * @return the rows written; an instant without one is another node's, or early
     */
    List<Claimed> claim(List<Tick> ticks) {
        return database.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, alone, node, outcome, started_at, ended_at, due_at, error)
                select flow, at, overlap <> 'allow',
                       case when outcome = 'running' then ? end, outcome,
                       case when outcome = 'running' then clock_timestamp() end,
                       case when outcome = 'skipped' then clock_timestamp() end,
                       case when outcome = 'planned' then clock_timestamp() end,
                       case when outcome <> 'running' then 'run ' || busy || ' was still on; overlap is ' || overlap end
                from (select flow, at, overlap, busy,
                             case when busy is null then 'running'
                                  when overlap = 'queue' and not exists (
                                    select from feedhub.occurrence q where q.flow = due.flow and q.outcome = 'planned')
                                  then 'planned' else 'skipped' end as outcome
                      from unnest(?::text[], ?::timestamptz[], ?::text[]) as due (flow, at, overlap)
                      left join lateral (
                        select id as busy from feedhub.occurrence o
                        where o.flow = due.flow and o.outcome = 'running' and o.alone limit 1) r on overlap <> 'allow'
                      where at <= clock_timestamp() + interval '2 seconds') d
                order by flow, at
                on conflict do nothing
                returning id, flow, scheduled_at, outcome, epoch, started_at""")
                .params(
                        node.name(),
                        texts(ticks, tick -> tick.plan().flow()),
                        texts(ticks, Tick::at),
                        texts(
                                ticks,
                                tick -> tick.plan().terms().overlap().name().toLowerCase(Locale.ROOT)))
                .query(Claims::claimed)
                .list();
    }

    /**
     * Records a run that something else than the schedule has started.
     *
     * @param at its instant, or null for now
     * @return empty when the instant is taken
     */
    Optional<Claimed> enter(String flow, @Nullable Instant at) {
        return database.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, node, origin, alone)
                values (?, coalesce(?::timestamptz, clock_timestamp()), ?, 'event', false)
                on conflict do nothing returning id, flow, scheduled_at, outcome, epoch, started_at""")
                .params(flow, at == null ? null : at.toString(), node.name())
                .query(Claims::claimed)
                .optional();
    }

    /**
     * Takes a planned row for this node.
     *
     * @return empty when another node was faster, or the flow runs already
     */
    Optional<Claimed> take(long run) {
        try {
            return database.sql(
                            """
                    update feedhub.occurrence o
                    set outcome = 'running', node = ?, epoch = epoch + 1, started_at = clock_timestamp(),
                        ended_at = null, error = null
                    where id = ? and outcome = 'planned' and not (alone and exists (
                      select from feedhub.occurrence r where r.flow = o.flow and r.outcome = 'running' and r.alone))
                    returning id, flow, scheduled_at, outcome, epoch, started_at""")
                    .params(node.name(), run)
                    .query(Claims::claimed)
                    .optional();
        } catch (DuplicateKeyException e) {
            return Optional.empty(); // another run of the flow began in this moment
        }
    }

    /** What is planned and due: the oldest of each flow. */
    List<Planned> due() {
        return database.sql(
                        """
                select distinct on (flow) id, flow, origin from feedhub.occurrence
                where outcome = 'planned' and due_at <= clock_timestamp() order by flow, scheduled_at""")
                .query((row, number) -> new Planned(
                        row.getLong("id"),
                        row.getString("flow"),
                        row.getString("origin").equals("manual")))
                .list();
    }

    /**
     * Closes runs that this node still holds. A run that was taken over, or closed, stays as it is.
     *
     * @return the numbers of those that it closed
     */
    List<Long> close(List<Ended> runs) {
        return database.sql(
                        """
                update feedhub.occurrence o
                set outcome = e.outcome, ended_at = clock_timestamp(), items_in = e.items_in, items_out = e.items_out,
                    parked = e.parked, error = e.error, steps = e.steps::jsonb
                from unnest(?::bigint[], ?::int[], ?::text[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[])
                  as e (id, epoch, outcome, items_in, items_out, parked, error, steps)
                where o.id = e.id and o.epoch = e.epoch and o.outcome = 'running' returning o.id""")
                .params(
                        texts(runs, Ended::run),
                        texts(runs, Ended::epoch),
                        texts(runs, ended -> ended.error() == null ? "done" : "failed"),
                        texts(runs, ended -> ended.tally().in()),
                        texts(runs, ended -> ended.tally().out()),
                        texts(runs, ended -> ended.tally().parked()),
                        texts(runs, Ended::error),
                        texts(runs, Ended::steps))
                .query(Long.class)
                .list();
    }

    /**
     * Ends a run that is past its limit, unless one of its transactions is just being committed: then the caller asks again.
     *
     * @return whether it is closed
     */
    boolean expire(long run, int epoch, String reason) {
        return database.sql(
                                """
                update feedhub.occurrence set outcome = 'failed', ended_at = clock_timestamp(), error = ?
                where id = (select id from feedhub.occurrence
                            where id = ? and epoch = ? and outcome = 'running' for update skip locked)""")
                        .params(reason, run, epoch)
                        .update()
                == 1;
    }

    /** Gives a run back to be run by whichever node can. */
    void release(long run, int epoch, String reason) {
        database.sql(
                        """
                update feedhub.occurrence
                set outcome = 'planned', epoch = epoch + 1, due_at = clock_timestamp(), error = ?
                where id = ? and epoch = ? and outcome = 'running' and origin <> 'event'""")
                .params(reason, run, epoch)
                .update();
    }

    /**
     * Takes runs from nodes that are dead, have left or were started anew, and from this node what it does not know of: a
     * claim whose answer was lost. They are planned again, or failed: when the flow must not be run again or has been five
     * times, or what started it, such as an HTTP call, is gone. A row in somebody's transaction is left for the next time.
     *
     * @param mine the runs that this node has in flight
     * @return what became of them
     */
    List<TakenOver> takeOver(Collection<Long> mine) {
        return database.sql(
                        """
                with lost as (
                  select o.id, o.node, coalesce(s.rerun, true) and o.epoch < 10 and o.origin <> 'event' as again
                  from feedhub.occurrence o
                  left join feedhub.node n on n.name = o.node
                  left join feedhub.schedule s on s.flow = o.flow
                  where o.outcome = 'running'
                    and (n.name is null or n.state = 'left' or feedhub.is_silent(n.beat_at) or o.started_at < n.started_at
                         or o.node = ? and o.started_at < clock_timestamp() - interval '10 seconds' and o.id <> all (?::bigint[]))
                  for update of o skip locked)
                update feedhub.occurrence o
                set epoch = epoch + 1, outcome = case when again then 'planned' else 'failed' end,
                    due_at = clock_timestamp(), ended_at = case when again then null else clock_timestamp() end,
                    error = 'node ' || lost.node || ' stopped while this ran'
                            || case when again then '' else ', and it is not run again' end
                from lost where o.id = lost.id
                returning o.id, o.flow, lost.node, o.outcome""")
                .params(node.name(), mine.stream().map(String::valueOf).toArray(String[]::new))
                .query((row, number) -> new TakenOver(
                        row.getLong("id"), row.getString("flow"), row.getString("node"), row.getString("outcome")))
                .list();
    }

    static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable Object> column) {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            Object value = column.apply(rows.get(i));
            texts[i] = value == null ? null : value.toString();
        }
        return texts;
    }

    private static Claimed claimed(ResultSet row, int number) throws SQLException {
        Timestamp started = row.getTimestamp("started_at");
        return new Claimed(
                row.getLong("id"),
                row.getString("flow"),
                row.getTimestamp("scheduled_at").toInstant(),
                row.getString("outcome"),
                row.getInt("epoch"),
                started == null ? Instant.EPOCH : started.toInstant());
    }

    /**
     * A row that this node wrote for an instant.
     *
     * @param outcome running when this node is to run it; skipped or planned when its flow was busy
     * @param startedAt when it was claimed, by the database's clock
     */
    record Claimed(long run, String flow, Instant at, String outcome, int epoch, Instant startedAt) {}

    /** A row that waits for a node. */
    record Planned(long run, String flow, boolean manual) {}

    /** A run that lost its node. */
    record TakenOver(long run, String flow, String node, String outcome) {}

    /** A run that has ended on this node. */
    record Ended(long run, int epoch, String flow, Tally tally, @Nullable String steps, @Nullable String error) {}
}
