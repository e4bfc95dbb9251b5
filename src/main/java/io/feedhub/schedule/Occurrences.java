package io.feedhub.schedule;

import com.fasterxml.jackson.core.type.TypeReference;
import io.feedhub.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record of what ran, in {@code feedhub.occurrence}: one row for each instant of a flow, whichever node took it. */
@Component
public final class Occurrences {
    private static final String COLUMNS =
            "o.id, o.flow, scheduled_at, origin, node, outcome, started_at, ended_at, items_in, items_out, parked, error, revision, steps";

    private static final TypeReference<List<Run.Step>> STEPS = new TypeReference<>() {};

    private final JdbcClient database;
    private final Json json;

    Occurrences(JdbcClient database, Json json) {
        this.database = database;
        this.json = json;
    }

    /** The newest run of each flow that ever ran. */
    public List<Run> lastOfEachFlow() {
        return database.sql(
                        "select " + COLUMNS + " from feedhub.schedule s "
                                + """
                 cross join lateral (
                   select * from feedhub.occurrence o
                  where o.flow = s.flow and started_at is not null order by id desc limit 1) o""")
                .query(this::run)
                .list();
    }

    /** The newest run of a flow; empty when it never ran. */
    public Optional<Run> last(String flow) {
        return database.sql("select " + COLUMNS + " from feedhub.occurrence o"
                        + " where o.flow = ? and started_at is not null order by id desc limit 1")
                .param(flow)
                .query(this::run)
                .optional();
    }

    /**
     * The newest run of each flow whose newest run failed. Only flows that ever failed are looked at, and each lookup has a
     * limit, so that PostgreSQL takes the indexes on a database without statistics too.
     */
    public List<Run> failing() {
        return database.sql(
                        """
                with recursive failed (flow) as (
                  (select flow from feedhub.occurrence where outcome = 'failed' order by flow limit 1)
                  union all
                  select next.flow from failed cross join lateral (
                    select flow from feedhub.occurrence f
                    where f.outcome = 'failed' and f.flow > failed.flow order by flow limit 1) next)
                select"""
                                + " " + COLUMNS
                                + """
                 from failed cross join lateral (
                  select * from feedhub.occurrence o
                  where o.flow = failed.flow and started_at is not null order by id desc limit 1) o
                where o.outcome = 'failed' and exists (select from feedhub.schedule s where s.flow = o.flow)""")
                .query(this::run)
                .list();
    }

    /** A flow's runs, newest first. */
    public List<Run> of(String flow, int limit) {
        return newest(flow, null, null, Long.MAX_VALUE, limit);
    }

    /**
     * Runs, newest first.
     *
     * @param flow only of this flow, or null for all
     * @param outcome only with this outcome, or null for all
     * @param since only scheduled at or after this instant, or null for all
     * @param before only with smaller numbers than this: where the previous page ended
     * @param limit how many at most
     */
    public List<Run> newest(
            @Nullable String flow, @Nullable RunOutcome outcome, @Nullable Instant since, long before, int limit) {
        // only the conditions that are wanted, so that PostgreSQL sees which index has the rows, and the outcome as a
        // literal: a partial index is used for a value that is known when the statement is planned
        return database.sql("select " + COLUMNS + " from feedhub.occurrence o where id < :before"
                        + (flow == null ? "" : " and flow = :flow")
                        + (outcome == null ? "" : " and outcome = '" + outcome.word() + "'")
                        + (since == null ? "" : " and scheduled_at >= :since")
                        + " order by id desc limit :limit")
                .param("before", before)
                .param("flow", flow)
                .param("since", since == null ? null : Timestamp.from(since))
                .param("limit", limit)
                .query(this::run)
                .list();
    }

    /** One run by its number. */
    public Optional<Run> find(long id) {
        return database.sql("select " + COLUMNS + " from feedhub.occurrence o where id = ?")
                .param(id)
                .query(this::run)
                .optional();
    }

    private Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getLong("id"),
                row.getString("flow"),
                row.getTimestamp("scheduled_at").toInstant(),
                row.getString("origin"),
                row.getString("node"),
                RunOutcome.of(row.getString("outcome")),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")),
                row.getInt("items_in"),
                row.getInt("items_out"),
                row.getInt("parked"),
                row.getString("error"),
                row.getObject("revision", Integer.class),
                steps(row.getString("steps")));
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private List<Run.Step> steps(@Nullable String column) {
        return column == null ? List.of() : json.read(column, STEPS);
    }
}
