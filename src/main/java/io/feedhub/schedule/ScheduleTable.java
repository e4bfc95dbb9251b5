package io.feedhub.schedule;

import static io.feedhub.database.Columns.texts;

import io.feedhub.database.Reason;
import io.feedhub.nodes.Lifeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The flows' rows in {@code feedhub.schedule}: what outlives every node. */
@Component
final class ScheduleTable {
    private static final Logger log = LoggerFactory.getLogger(ScheduleTable.class);

    private final JdbcClient database;
    private final Map<String, List<Object>> told = new ConcurrentHashMap<>(); // why a flow is refused

    ScheduleTable(Lifeline lifeline) {
        this.database = lifeline.database();
    }

    /** What the database remembers of these flows. */
    Map<String, Entry> entries(Collection<Plan> plans) {
        return database
                .sql("select flow, cron, zone, settled, paused from feedhub.schedule where flow = any (?)")
                .param(plans.stream().map(Plan::flow).toArray(String[]::new))
                .query(ScheduleTable::entry)
                .list()
                .stream()
                .collect(Collectors.toMap(Entry::flow, Function.identity()));
    }

    /**
     * Writes the flows' schedules down. One that the database refuses does not take the others with it.
     *
     * @return what the database has then. A flow that is new is settled until now, one with a new schedule until shortly before:
     *     what comes at this moment is a matter for the new trigger, which begins that much in the past. A further route of a
     *     flow that is paused is paused from the start
     */
    Map<String, Entry> register(List<Plan.FlowTerms> flows) {
        try {
            Map<String, Entry> written = write(flows);
            told.keySet().removeAll(written.keySet());
            return written;
        } catch (DataAccessException e) {
            if (!Reason.isRefusal(e)) {
                throw e;
            }
            if (flows.size() == 1) {
                tellOnce(flows.get(0), Reason.of(e));
                return Map.of();
            }
            Map<String, Entry> written = new HashMap<>();
            flows.forEach(said -> written.putAll(register(List.of(said))));
            return written;
        }
    }

    /** It is tried again each second; the same refusal of the same schedule and terms is no news, unless it was mended. */
    private void tellOnce(Plan.FlowTerms said, String reason) {
        String flow = said.plan().flow();
        List<Object> news = List.of(said.terms(), Optional.ofNullable(said.schedule()), reason);
        if (!news.equals(told.put(flow, news))) {
            log.error("{} does not run, since it cannot be registered: {}", flow, reason);
        }
    }

    /** In order of their names: two nodes that start together must not wait for each other. */
    private Map<String, Entry> write(List<Plan.FlowTerms> flows) {
        return database
                .sql(
                        """
                insert into feedhub.schedule as s (flow, cron, zone, rerun, runs_on, silence, settled, paused)
                select said.*, clock_timestamp(),
                       exists (select from feedhub.schedule f where f.flow = split_part(said.flow, '.', 1) and f.paused)
                from unnest(?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::interval[]) as said (flow)
                order by 1
                on conflict (flow) do update
                set cron = excluded.cron, zone = excluded.zone, rerun = excluded.rerun, runs_on = excluded.runs_on, silence = excluded.silence,
                    settled = case when (s.cron, s.zone) is not distinct from (excluded.cron, excluded.zone)
                              then s.settled else excluded.settled - make_interval(secs => ?) end
                returning flow, cron, zone, settled, paused""")
                .params(
                        texts(flows, said -> said.plan().flow()),
                        texts(flows, said -> Optional.ofNullable(said.schedule())
                                .map(Schedule::cron)
                                .orElse(null)),
                        texts(flows, said -> Optional.ofNullable(said.schedule())
                                .map(Schedule::zone)
                                .orElse(null)),
                        texts(flows, said -> said.terms().rerun()),
                        texts(flows, said -> said.terms().runsOn()),
                        texts(flows, said -> said.terms().silence()),
                        QuartzTicks.HEAD_START.toSeconds())
                .query(ScheduleTable::entry)
                .list()
                .stream()
                .collect(Collectors.toMap(Entry::flow, Function.identity()));
    }

    /** Writes down up to where instants are settled, in order of the flows' names, as above. */
    void settle(List<Plan.Note> news) {
        if (news.isEmpty()) {
            return;
        }
        List<Plan.Note> notes = news.stream()
                .sorted(Comparator.comparing(note -> note.plan().flow()))
                .toList();
        database.sql(
                        """
                update feedhub.schedule s set settled = p.settled
                from unnest(?::text[], ?::timestamptz[], ?::text[]) as p (flow, settled, cron)
                where s.flow = p.flow and s.cron = p.cron and s.settled < p.settled""")
                .params(
                        texts(notes, note -> note.plan().flow()),
                        texts(notes, Plan.Note::until),
                        texts(notes, note -> note.schedule().cron()))
                .update();
    }

    /**
     * Forgets a flow, or a further route {@code <flow>.<part>} of one, that was deleted. If it comes back it is a new one, also
     * for those who find that a peer was faster.
     *
     * @return false when it was not deleted: then it only does not run on this node
     */
    boolean forget(String flow) {
        told.remove(flow);
        return database.sql(
                        """
                with newest as (
                  select state from feedhub.flow_revision
                  where flow = split_part(:flow, '.', 1) and state in ('accepted', 'deleted') order by revision desc limit 1),
                forgotten as (
                  delete from feedhub.schedule where flow = :flow and exists (select from newest where state = 'deleted'))
                select exists (select from newest where state = 'deleted')""")
                .param("flow", flow)
                .query(Boolean.class)
                .single();
    }

    /**
     * Forgets the flows that were deleted while no node ran them.
     *
     * @param here those that this node has: it forgets them itself, when their routes have been away for a while
     * @return how many
     */
    int forgetDeleted(Collection<Plan> here) {
        return database.sql(
                        """
                delete from feedhub.schedule s
                where s.flow <> all (?) and exists (
                  select from (
                    select state, at from feedhub.flow_revision r
                    where r.flow = split_part(s.flow, '.', 1) and state in ('accepted', 'deleted') order by revision desc limit 1) as newest
                  where state = 'deleted' and at < clock_timestamp() - interval '1 minute')""")
                .param(1, here.stream().map(Plan::flow).toArray(String[]::new))
                .update();
    }

    Set<String> paused() {
        return new HashSet<>(database.sql("select flow from feedhub.schedule where paused")
                .query(String.class)
                .list());
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getString("flow"),
                row.getString("cron"),
                row.getString("zone"),
                row.getTimestamp("settled").toInstant(),
                row.getBoolean("paused"));
    }

    /** One flow's row. */
    record Entry(String flow, @Nullable String cron, @Nullable String zone, Instant settled, boolean paused) {

        Optional<Schedule> schedule() {
            return Optional.ofNullable(cron).map(text -> new Schedule(text, zone == null ? Schedule.UTC : zone));
        }
    }
}
