package io.feedhub.schedule;

import static io.feedhub.schedule.Occurrences.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The newest occurrences of many flows at once. Thread-safe. */
@Component
public final class TrackRecords {
    private final JdbcClient database;

    TrackRecords(JdbcClient database) {
        this.database = database;
    }

    /**
     * How flows fared lately, in one query.
     *
     * @param flows whose
     * @param depth how many occurrences of each at most
     * @return one record for each of the flows, also for those that never ran
     */
    public Map<String, TrackRecord> of(Collection<String> flows, int depth) {
        Map<String, List<TrackRecord.Lately>> runs = new LinkedHashMap<>();
        flows.forEach(flow -> runs.put(flow, new ArrayList<>()));
        database.sql(
                        """
                select f.flow, o.* from unnest(?::text[]) as f (flow) cross join lateral (
                  select id, scheduled_at, outcome, started_at, ended_at, items_out from feedhub.occurrence
                  where flow = f.flow order by scheduled_at desc limit ?) o""")
                .params(flows.toArray(String[]::new), depth)
                .query(row -> {
                    Objects.requireNonNull(runs.get(row.getString("flow"))).add(lately(row));
                });
        Map<String, TrackRecord> records = new LinkedHashMap<>();
        runs.forEach((flow, lately) -> records.put(flow, new TrackRecord(flow, List.copyOf(lately))));
        return records;
    }

    private static TrackRecord.Lately lately(ResultSet row) throws SQLException {
        return new TrackRecord.Lately(
                row.getLong("id"),
                row.getTimestamp("scheduled_at").toInstant(),
                RunOutcome.of(row.getString("outcome")),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")),
                row.getInt("items_out"));
    }
}
