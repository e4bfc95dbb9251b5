package io.feedhub.schedule;

import io.feedhub.nodes.Node;
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
            "id, flow, scheduled_at, node, outcome, started_at, ended_at, items_in, items_out, parked, error";

    private final JdbcClient database;
    private final Node node;

    Occurrences(JdbcClient database, Node node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Claims an instant for this node. The unique key decides between nodes, so nobody has to agree on anything first.
     *
     * @return the run's number, or empty when the instant is taken
     */
    Optional<Long> claim(String flow, Instant scheduledAt) {
        return database.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, node) values (?, ?, ?)
                on conflict (flow, scheduled_at) do nothing returning id""")
                .params(flow, Timestamp.from(scheduledAt), node.name())
                .query(Long.class)
                .optional();
    }

    /** Closes a run that is still open; a run that was closed by somebody else stays as it is. */
    void close(long run, Tally tally, @Nullable String error) {
        database.sql(
                        """
                update feedhub.occurrence
                set outcome = ?, ended_at = clock_timestamp(), items_in = ?, items_out = ?, parked = ?, error = ?
                where id = ? and outcome = 'running'""")
                .params(error == null ? "done" : "failed", tally.in(), tally.out(), tally.parked(), error, run)
                .update();
    }

    /** Closes what this node had begun before it was killed. Call before the first tick. */
    int closeInterrupted() {
        return database.sql(
                        """
                update feedhub.occurrence
                set outcome = 'failed', ended_at = clock_timestamp(),
                    error = 'interrupted: node ' || node || ' was stopped while this ran'
                where node = ? and outcome = 'running'""")
                .param(node.name())
                .update();
    }

    /** The newest run of each flow that ever ran. */
    public List<Run> lastOfEachFlow() {
        return database.sql("select distinct on (flow) " + COLUMNS + " from feedhub.occurrence order by flow, id desc")
                .query(Occurrences::run)
                .list();
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
            @Nullable String flow, @Nullable String outcome, @Nullable Instant since, long before, int limit) {
        return database.sql(
                        "select " + COLUMNS
                                + """
                 from feedhub.occurrence
                where id < :before and (:flow::text is null or flow = :flow)
                  and (:outcome::text is null or outcome = :outcome)
                  and (:since::timestamptz is null or scheduled_at >= :since)
                order by id desc limit :limit""")
                .param("before", before)
                .param("flow", flow)
                .param("outcome", outcome)
                .param("since", since == null ? null : Timestamp.from(since))
                .param("limit", limit)
                .query(Occurrences::run)
                .list();
    }

    /** One run by its number. */
    public Optional<Run> find(long id) {
        return database.sql("select " + COLUMNS + " from feedhub.occurrence where id = ?")
                .param(id)
                .query(Occurrences::run)
                .optional();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new Run(
                row.getLong("id"),
                row.getString("flow"),
                row.getTimestamp("scheduled_at").toInstant(),
                row.getString("node"),
                row.getString("outcome"),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getInt("items_in"),
                row.getInt("items_out"),
                row.getInt("parked"),
                row.getString("error"));
    }
}
