package io.feedhub.schedule;

import static io.feedhub.database.Columns.texts;

import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import io.feedhub.nodes.RevisionSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Who runs what, in {@code feedhub.occurrence}; how a claim ends is a matter of {@link Endings}. Each statement takes a whole batch, and PostgreSQL decides: the key
 * {@code (flow, scheduled_at)} lets one node have an instant, the epoch lets one holder at a time write for it.
 */
@Component
final class Claims {
    private final JdbcClient database;
    private final Node node;
    private final SingletonSupplier<RevisionSet> revisions;

    Claims(Lifeline lifeline, Node node, ObjectProvider<RevisionSet> revisions) {
        this.database = lifeline.database();
        this.node = node;
        this.revisions =
                SingletonSupplier.of(revisions::getObject); // asked for each claim, Spring costs more than the answer
    }

    /**
     * Claims instants for this node, in the keys' order so that racing nodes cannot lock each other out. An instant that
     * comes while its flow runs is skipped or planned, as the flow's overlap says: planned unless another one waits so already;
     * a catch-up, what a person asked for and a run that was given back take no instant's place. One that is ahead of the
     * database's clock is left: a node whose clock is wrong must not run flows early.
     *
     * @return the rows written; an instant without one is another node's, or early
     */
    List<Claimed> claim(List<Tick> ticks) {
        return database.sql(
                        """
                insert into feedhub.occurrence
                  (flow, scheduled_at, alone, node, revision, outcome, started_at, ended_at, due_at, error)
                select flow, at, overlap <> 'allow',
                       case when outcome = 'running' then ? end, case when outcome = 'running' then revision end, outcome,
                       case when outcome = 'running' then clock_timestamp() end,
                       case when outcome = 'skipped' then clock_timestamp() end,
                       case when outcome = 'planned' then clock_timestamp() end,
                       case when outcome <> 'running' then 'run ' || busy || ' was still on; overlap is ' || overlap end
                from (select flow, at, overlap, revision, busy,
                             case when busy is null then 'running'
                                  when overlap = 'queue' and not exists (
                                    select from feedhub.occurrence q
                                    where q.flow = due.flow and q.outcome = 'planned' and q.origin = 'schedule' and q.epoch = 1)
                                  then 'planned' else 'skipped' end as outcome
                      from unnest(?::text[], ?::timestamptz[], ?::text[], ?::int[]) as due (flow, at, overlap, revision)
                      left join lateral (
                        select id as busy from feedhub.occurrence o
                        where o.flow = due.flow and o.outcome = 'running' and o.alone limit 1) r on overlap <> 'allow'
                      where at <= clock_timestamp() + interval '2 seconds') d
                order by flow, at
                on conflict do nothing
                returning id, flow, scheduled_at, outcome, epoch, started_at, body""")
                .params(
                        node.name(),
                        texts(ticks, tick -> tick.plan().flow()),
                        texts(ticks, Tick::at),
                        texts(
                                ticks,
                                tick -> tick.plan().terms().overlap().name().toLowerCase(Locale.ROOT)),
                        texts(ticks, tick -> revision(tick.plan().flow())))
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
                insert into feedhub.occurrence (flow, scheduled_at, node, revision, origin, alone)
                values (?, coalesce(?::timestamptz, clock_timestamp()), ?, ?, 'event', false)
                on conflict do nothing returning id, flow, scheduled_at, outcome, epoch, started_at, body""")
                .params(flow, at == null ? null : at.toString(), node.name(), revision(flow))
                .query(Claims::claimed)
                .optional();
    }

    /**
     * Takes planned rows for this node, at most one of each flow.
     *
     * @return those that it got; of the others another node was faster, or their flow runs already
     */
    List<Claimed> take(List<Planned> rows) {
        try {
            return database.sql(
                            """
                    update feedhub.occurrence o
                    set outcome = 'running', node = ?, revision = p.revision, epoch = epoch + 1,
                        started_at = clock_timestamp(), ended_at = null, error = null
                    from unnest(?::bigint[], ?::int[]) as p (id, revision)
                    where o.id = p.id and o.outcome = 'planned' and not (o.alone and exists (
                      select from feedhub.occurrence r where r.flow = o.flow and r.outcome = 'running' and r.alone))
                    returning o.id, o.flow, o.scheduled_at, o.outcome, o.epoch, o.started_at, o.body""")
                    .params(node.name(), texts(rows, Planned::run), texts(rows, planned -> revision(planned.flow())))
                    .query(Claims::claimed)
                    .list();
        } catch (DuplicateKeyException e) { // another run of one of the flows began in this moment
            return rows.size() == 1
                    ? List.of()
                    : rows.stream()
                            .flatMap(each -> take(List.of(each)).stream())
                            .toList();
        }
    }

    /** What is planned and due, one of each flow: the oldest, but first what a person asked for, which no pause holds back. */
    List<Planned> due() {
        return database.sql(
                        """
                select distinct on (flow) id, flow, origin from feedhub.occurrence
                where outcome = 'planned' and due_at <= clock_timestamp()
                order by flow, origin <> 'manual', scheduled_at""")
                .query((row, number) -> new Planned(
                        row.getLong("id"),
                        row.getString("flow"),
                        row.getString("origin").equals("manual")))
                .list();
    }

    private @Nullable Integer revision(String flow) {
        OptionalInt live = revisions.obtain().of(flow);
        return live.isPresent() ? live.getAsInt() : null;
    }

    private static Claimed claimed(ResultSet row, int number) throws SQLException {
        Timestamp started = row.getTimestamp("started_at");
        return new Claimed(
                row.getLong("id"),
                row.getString("flow"),
                row.getTimestamp("scheduled_at").toInstant(),
                RunOutcome.of(row.getString("outcome")),
                row.getInt("epoch"),
                started == null ? Instant.EPOCH : started.toInstant(),
                row.getString("body"));
    }

    /**
     * A row that this node wrote for an instant.
     *
     * @param outcome running when this node is to run it; skipped or planned when its flow was busy
     * @param startedAt when it was claimed, by the database's clock
     * @param body what its first step is given, as JSON, or null
     */
    record Claimed(
            long run,
            String flow,
            Instant at,
            RunOutcome outcome,
            int epoch,
            Instant startedAt,
            @Nullable String body) {}

    /** A row that waits for a node. */
    record Planned(long run, String flow, boolean manual) {}
}
