package io.feedhub.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the record of runs within its bounds, in small deletes, and measures what the hub's tables take. */
@Component
final class History {
    private static final Logger log = LoggerFactory.getLogger(History.class);
    private static final int CHUNK = 5_000;

    private final JdbcClient database;
    private final Limits limits;
    private final Surplus surplus;
    private final AtomicLong bytes = new AtomicLong();

    History(JdbcClient database, Limits limits, MeterRegistry meters) {
        this.database = database;
        this.limits = limits;
        this.surplus = new Surplus(database, limits.keepRunsPerFlow());
        Gauge.builder("feedhub.database.size", bytes, AtomicLong::get)
                .baseUnit("bytes")
                .description("What the tables of the schema feedhub take, indexes included")
                .register(meters);
    }

    /** Deletes what is too old, or too much of one flow. What waits or runs stays. */
    void prune() {
        int deleted = forgetOld() + surplus.forget();
        if (deleted > 0) {
            log.info("{} runs are forgotten", deleted);
        }
        bytes.set(database.sql(
                        """
                select coalesce(sum(pg_total_relation_size(oid)), 0) from pg_class
                where relnamespace = 'feedhub'::regnamespace and relkind = 'r'""")
                .query(Long.class)
                .single());
    }

    /**
     * From the smallest number on, until one is young: numbers grow with age but for catch-ups, which are forgotten with the
     * runs of their day.
     *
     * @return how many it deleted
     */
    int forgetOld() {
        int deleted = 0;
        Chunk chunk = new Chunk(0, 0, true);
        while (chunk.more()) {
            chunk = forgetOld(chunk.last());
            deleted += chunk.deleted();
        }
        return deleted;
    }

    private Chunk forgetOld(long after) {
        return database.sql(
                        """
                with chunk as (
                  select id, outcome, scheduled_at < now() - ? * interval '1 second' as old
                  from feedhub.occurrence where id > ? order by id limit ?),
                gone as (
                  delete from feedhub.occurrence where id = any (array(
                    select id from chunk where old and outcome not in ('planned', 'running'))) returning id)
                select (select count(*) from gone) as deleted, id as last, old as more from chunk order by id desc limit 1""")
                .params(limits.keepRuns().toSeconds(), after, CHUNK)
                .query((row, number) -> new Chunk(row.getInt("deleted"), row.getLong("last"), row.getBoolean("more")))
                .optional()
                .orElse(new Chunk(0, after, false));
    }

    /**
     * Runs that were looked at together.
     *
     * @param last the largest of their numbers
     * @param more whether it was of one that is too old, so that the next may be as well
     */
    private record Chunk(int deleted, long last, boolean more) {}
}
