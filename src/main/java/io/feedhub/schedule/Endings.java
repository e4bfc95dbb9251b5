package io.feedhub.schedule;

import static io.feedhub.database.Columns.texts;

import io.feedhub.database.Json;
import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How claims end, in {@code feedhub.occurrence}: closed by their holder, past their limit, given back, or taken from a node
 * that is dead. The epoch decides: who no longer holds a run cannot end it.
 */
@Component
final class Endings {
    private final JdbcClient database;
    private final Node node;
    private final Json json;

    Endings(Lifeline lifeline, Node node, Json json) {
        this.database = lifeline.database();
        this.node = node;
        this.json = json;
    }

    /**
     * Closes runs that this node still holds. A run that was taken over, or closed, stays as it is; so does one whose row is
     * in somebody's transaction, and is to be closed later.
     *
     * @return for each run that this node still holds whether it is closed now
     */
    Map<Long, Boolean> close(List<Ended> runs) {
        return database
                .sql(
                        """
                with ended as (
                  select * from unnest(?::bigint[], ?::int[], ?::text[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[])
                    as e (id, epoch, outcome, items_in, items_out, parked, error, steps)),
                mine as (
                  select o.id from feedhub.occurrence o join ended e using (id)
                  where o.epoch = e.epoch and o.outcome = 'running'),
                free as (
                  select o.id, o.epoch from feedhub.occurrence o join ended e using (id)
                  where o.epoch = e.epoch and o.outcome = 'running' for update of o skip locked),
                closed as (
                  update feedhub.occurrence o
                  set outcome = e.outcome, ended_at = clock_timestamp(), items_in = e.items_in, items_out = e.items_out,
                      parked = e.parked, error = e.error, steps = e.steps::jsonb
                  from free join ended e using (id, epoch) where o.id = free.id returning o.id)
                select id, closed.id is not null as closed from mine left join closed using (id)""")
                .params(
                        texts(runs, Ended::run),
                        texts(runs, Ended::epoch),
                        texts(runs, ended -> ended.outcome().word()),
                        texts(runs, ended -> ended.tally().in()),
                        texts(runs, ended -> ended.tally().out()),
                        texts(runs, ended -> ended.tally().parked()),
                        texts(runs, Ended::error),
                        texts(runs, ended -> ended.steps().isEmpty() ? null : json.write(ended.steps())))
                .query((row, number) -> Map.entry(row.getLong("id"), row.getBoolean("closed")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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

    /**
     * Gives a run back to be run by whichever node can: at once, or half a second later for each time that it was before.
     *
     * @return false when a transaction still holds it, or what started it was no schedule: it is left to be taken over
     */
    boolean release(long run, int epoch, String reason) {
        return database.sql(
                                """
                update feedhub.occurrence
                set outcome = 'planned', epoch = epoch + 1, error = ?,
                    due_at = clock_timestamp() + (epoch - 1) / 2 * interval '500 milliseconds'
                where id = (select id from feedhub.occurrence
                            where id = ? and epoch = ? and outcome = 'running' and origin <> 'event'
                            for update skip locked)""")
                        .params(reason, run, epoch)
                        .update()
                == 1;
    }

    /**
     * Takes runs from nodes that are dead, have left or were started anew, and from this node what it does not know of: a
     * claim whose answer was lost. They are planned again, or failed: when the flow must not be run again or has been five
     * times, or what started it, such as an HTTP call, is gone. A row in somebody's transaction is left for the next time.
     *
     * @param mine the runs that this node has in flight, or whose end it has still to write down
     * @param knowsPeers whether a silent peer is a dead one
     * @return what became of them
     */
    List<TakenOver> takeOver(Collection<Long> mine, boolean knowsPeers) {
        return database.sql(
                        """
                with lost as (
                  select o.id, o.node, coalesce(s.rerun, true) and o.epoch < :last and o.origin <> 'event' as again
                  from feedhub.occurrence o
                  left join feedhub.node n on n.name = o.node
                  left join feedhub.schedule s on s.flow = o.flow
                  where o.outcome = 'running' and o.id <> all (:mine::bigint[])
                    and (n.name is null or n.state = 'left' or o.started_at < n.started_at
                         or :knowsPeers and feedhub.is_silent(n.beat_at)
                         or o.node = :me and o.started_at < clock_timestamp() - interval '10 seconds')
                  for update of o skip locked)
                update feedhub.occurrence o
                set epoch = epoch + 1, outcome = case when again then 'planned' else 'failed' end,
                    due_at = clock_timestamp(), ended_at = case when again then null else clock_timestamp() end,
                    error = 'node ' || lost.node || ' stopped while this ran'
                            || case when again then '' else ', and it is not run again' end
                from lost where o.id = lost.id
                returning o.id, o.flow, lost.node, o.outcome""")
                .param("mine", mine.stream().map(String::valueOf).toArray(String[]::new))
                .param("knowsPeers", knowsPeers)
                .param("me", node.name())
                .param("last", ActiveRun.LAST_EPOCH)
                .query((row, number) -> new TakenOver(
                        row.getLong("id"),
                        row.getString("flow"),
                        row.getString("node"),
                        RunOutcome.of(row.getString("outcome"))))
                .list();
    }

    /**
     * Ends what is planned of flows that were deleted, and of their further routes: nobody would ever run it. What had begun
     * on a node that died has failed, the rest is skipped.
     *
     * @param flows without a route here; those whose newest live revision is no deletion are left alone
     * @return one entry for each run that it ended
     */
    List<Abandoned> abandonDeleted(Collection<String> flows) {
        return database.sql(
                        """
                update feedhub.occurrence o
                set outcome = case when epoch > 1 then 'failed' else 'skipped' end, ended_at = clock_timestamp(),
                    error = concat_ws('; ', error, 'the flow was deleted')
                where o.flow = any (?::text[]) and o.outcome = 'planned' and 'deleted' = (
                  select state from feedhub.flow_revision r
                  where r.flow = split_part(o.flow, '.', 1) and state in ('accepted', 'deleted') order by revision desc limit 1)
                returning o.flow, o.outcome""")
                .param(flows.toArray(String[]::new))
                .query((row, number) -> new Abandoned(row.getString("flow"), RunOutcome.of(row.getString("outcome"))))
                .list();
    }

    /** A run that nobody would ever have run. */
    record Abandoned(String flow, RunOutcome outcome) {}

    /** A run that lost its node. */
    record TakenOver(long run, String flow, String node, RunOutcome outcome) {}

    /** A run that has ended on this node. */
    record Ended(long run, int epoch, String flow, Tally tally, List<Run.Step> steps, @Nullable String error) {
        RunOutcome outcome() {
            return error == null ? RunOutcome.DONE : RunOutcome.FAILED;
        }
    }
}
