package io.feedhub.schedule;

import static io.feedhub.database.Columns.texts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs beyond the number that is kept of each flow. They are counted once after a start, and from then on only those that have
 * come since: a flow that runs seldom costs nothing. For one thread.
 */
final class Surplus {
    private static final int CHUNK = 5_000;

    private final JdbcClient database;
    private final int kept;
    private final Map<String, Count> counts = new HashMap<>();

    Surplus(JdbcClient database, int kept) {
        this.database = database;
        this.kept = kept;
    }

    /**
     * Deletes them, the oldest of each flow.
     *
     * @return how many
     */
    int forget() {
        count();
        int deleted = 0;
        for (Map.Entry<String, Count> counted : counts.entrySet()) {
            if (counted.getValue().runs() > kept) {
                deleted += forget(counted.getKey());
                counted.setValue(new Count(kept, counted.getValue().newest()));
            }
        }
        return deleted;
    }

    /** At least as many as there are: what was deleted for its age, or by a peer, is still in the count. */
    private void count() {
        List<Map.Entry<String, Count>> known = List.copyOf(counts.entrySet());
        database.sql(
                        """
                select s.flow, n.runs, n.newest from feedhub.schedule s
                left join unnest(?::text[], ?::bigint[]) as k (flow, newest) using (flow)
                cross join lateral (
                  select count(*) as runs, max(id) as newest from feedhub.occurrence o
                  where o.flow = s.flow and o.id > coalesce(k.newest, 0)) n
                where n.runs > 0""")
                .params(texts(known, Map.Entry::getKey), texts(known, counted -> counted.getValue()
                        .newest()))
                .query(row -> {
                    Count more = new Count(row.getLong("runs"), row.getLong("newest"));
                    counts.merge(row.getString("flow"), more, Count::and);
                });
    }

    private int forget(String flow) {
        int deleted = 0;
        int last;
        do {
            last = database.sql(
                            """
                    delete from feedhub.occurrence where id = any (array(
                      select id from feedhub.occurrence
                      where flow = ? and outcome not in ('planned', 'running') and id <= (
                        select id from feedhub.occurrence where flow = ? order by id desc offset ? limit 1)
                      order by id desc limit ?))""")
                    .params(flow, flow, kept, CHUNK)
                    .update();
            deleted += last;
        } while (last == CHUNK);
        return deleted;
    }

    /**
     * Runs of a flow.
     *
     * @param newest the largest of their numbers
     */
    private record Count(long runs, long newest) {
        Count and(Count later) {
            return new Count(runs + later.runs, later.newest);
        }
    }
}
