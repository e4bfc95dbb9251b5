package io.feedhub.schedule;

import static io.feedhub.schedule.Claims.texts;

import io.feedhub.nodes.Lifeline;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The flows' rows in {@code feedhub.schedule}: what outlives every node. */
@Component
final class Rota {
    private final JdbcClient database;

    Rota(Lifeline lifeline) {
        this.database = lifeline.database();
    }

    /** What the database remembers of these flows. */
    Map<String, Entry> entries(Collection<Plan> plans) {
        return database
                .sql("select flow, cron, zone, settled from feedhub.schedule where flow = any (?)")
                .param(plans.stream().map(Plan::flow).toArray(String[]::new))
                .query((row, number) -> new Entry(
                        row.getString("flow"),
                        row.getString("cron"),
                        row.getString("zone"),
                        row.getTimestamp("settled").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Entry::flow, Function.identity()));
    }

    /**
     * Writes the flows' schedules down.
     *
     * @return for each flow up to where its instants are settled: now, for a flow that is new or has a new schedule
     */
    Map<String, Instant> register(List<Plan> plans) {
        return database
                .sql(
                        """
                insert into feedhub.schedule as s (flow, cron, zone, rerun, runs_on, silence, settled)
                select *, clock_timestamp() from unnest(?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::interval[])
                on conflict (flow) do update
                set cron = excluded.cron, zone = excluded.zone, rerun = excluded.rerun, runs_on = excluded.runs_on, silence = excluded.silence,
                    settled = case when (s.cron, s.zone) is not distinct from (excluded.cron, excluded.zone)
                              then s.settled else excluded.settled end
                returning flow, settled""")
                .params(
                        texts(plans, Plan::flow),
                        texts(plans, plan -> plan.schedule().map(Schedule::cron).orElse(null)),
                        texts(plans, plan -> plan.schedule().map(Schedule::zone).orElse(null)),
                        texts(plans, plan -> plan.terms().rerun()),
                        texts(plans, plan -> plan.terms().runsOn()),
                        texts(plans, plan -> plan.terms().silence()))
                .query((row, number) -> Map.entry(
                        row.getString("flow"), row.getTimestamp("settled").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Writes down up to where instants are settled. */
    void settle(List<Plan.Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
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

    /** A flow that no longer exists. If it comes back it is a new one. */
    void forget(String flow) {
        database.sql("delete from feedhub.schedule where flow = ?").param(flow).update();
    }

    Set<String> paused() {
        return new HashSet<>(database.sql("select flow from feedhub.schedule where paused")
                .query(String.class)
                .list());
    }

    /** One flow's row. */
    record Entry(String flow, @Nullable String cron, @Nullable String zone, Instant settled) {

        Optional<Schedule> schedule() {
            return Optional.ofNullable(cron).map(text -> new Schedule(text, zone == null ? Schedule.UTC : zone));
        }
    }
}
