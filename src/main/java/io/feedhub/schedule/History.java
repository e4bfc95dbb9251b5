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
    private final AtomicLong bytes = new AtomicLong();

    History(JdbcClient database, Limits limits, MeterRegistry meters) {
        this.database = database;
        this.limits = limits;
        Gauge.builder("feedhub.database.size", bytes, AtomicLong::get)
                .baseUnit("bytes")
                .description("What the tables of the schema feedhub take, indexes included")
                .register(meters);
    }

    /** Deletes what is too old, or too much of one flow. What waits or runs stays. */
    void prune() {
        int deleted = inChunks(
                """
                delete from feedhub.occurrence where id = any (array(
                  select id from feedhub.occurrence
                  where scheduled_at < clock_timestamp() - ? * interval '1 second' and outcome not in ('planned', 'running')
                  limit ?))""",
                limits.keepRuns().toSeconds());
        deleted += inChunks(
                """
                delete from feedhub.occurrence where id = any (array(
                  select o.id from feedhub.schedule s
                  cross join lateral (
                    select id from feedhub.occurrence where flow = s.flow order by id desc offset ? limit 1) newest
                  cross join lateral (
                    select id from feedhub.occurrence
                    where flow = s.flow and id <= newest.id and outcome not in ('planned', 'running')
                    order by id desc limit 5000) o
                  limit ?))""",
                limits.keepRunsPerFlow());
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

    private int inChunks(String delete, long bound) {
        int deleted = 0;
        int last;
        do {
            last = database.sql(delete).params(bound, CHUNK).update();
            deleted += last;
        } while (last == CHUNK);
        return deleted;
    }
}
