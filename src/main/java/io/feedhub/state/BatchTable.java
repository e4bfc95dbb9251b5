package io.feedhub.state;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One repository's rows in {@code feedhub.batch} and {@code feedhub.batch_completed}. Each method is one statement. */
final class BatchTable {
    /** How long after its time-out a batch waits for the node that keeps it, before any node completes it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final String repository;

    BatchTable(JdbcClient database, String repository) {
        this.database = database;
        this.repository = repository;
    }

    /** An open batch. */
    Optional<Open> open(String key) {
        return open(key, "");
    }

    /** An open batch that nobody else reads this way, changes or closes before the transaction ends, if it exists or not. */
    Optional<Open> openLocked(String key) {
        database.sql("select pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 0))")
                .params(repository, key)
                .query(row -> {});
        return open(key, " for update");
    }

    private Optional<Open> open(String key, String lock) {
        return database.sql(
                        "select exchange, version, content from feedhub.batch where repository = ? and key = ?" + lock)
                .params(repository, key)
                .query((row, number) -> new Open(row.getString(1), row.getLong(2), row.getString(3)))
                .optional();
    }

    /** Writes the next version; false when somebody else did. */
    boolean write(String key, String exchange, @Nullable Long version, String content, Duration timeout) {
        String sql = version == null
                ? """
                insert into feedhub.batch (repository, key, exchange, version, content, due_at)
                values (:repository, :key, :exchange, 1, :content::jsonb, now() + nullif(:timeout, 0) * interval '1 ms')
                on conflict do nothing"""
                : """
                update feedhub.batch
                set exchange = :exchange, version = version + 1, content = :content::jsonb, updated_at = now(),
                    due_at = now() + nullif(:timeout, 0) * interval '1 ms'
                where repository = :repository and key = :key and version = :version""";
        return database.sql(sql)
                        .param("repository", repository)
                        .param("key", key)
                        .param("exchange", exchange)
                        .param("version", version)
                        .param("content", content)
                        .param("timeout", timeout.toMillis())
                        .update()
                == 1;
    }

    /**
     * Closes this version of a batch; false when it has another, or is closed.
     *
     * @param ifDue whether only a batch whose time-out is over is closed: that of a node which once added says nothing of what
     *     others added since
     */
    boolean complete(
            String key, String exchange, @Nullable Long version, String content, Duration lease, boolean ifDue) {
        return database.sql(
                                """
                with closed as (
                  delete from feedhub.batch
                  where repository = :repository and key = :key and version = :version
                    and (not :ifDue or due_at <= clock_timestamp()) returning repository)
                insert into feedhub.batch_completed (repository, exchange, content, taken_until)
                select repository, :exchange, :content::jsonb, clock_timestamp() + :lease * interval '1 ms' from closed""")
                        .param("repository", repository)
                        .param("key", key)
                        .param("version", version)
                        .param("exchange", exchange)
                        .param("content", content)
                        .param("lease", lease.toMillis())
                        .param("ifDue", ifDue)
                        .update()
                == 1;
    }

    /** Writes down a batch that never was open. */
    void addComplete(String exchange, String content, Duration lease) {
        database.sql(
                        """
                insert into feedhub.batch_completed (repository, exchange, content, taken_until)
                values (?, ?, ?::jsonb, clock_timestamp() + ? * interval '1 ms')""")
                .params(repository, exchange, content, lease.toMillis())
                .update();
    }

    /** Closes batches whose time-out nobody kept. They are free to be taken at once, under an id that no node knows. */
    void completeOverdue() {
        database.sql(
                        """
                with overdue as (
                  select repository, key from feedhub.batch
                  where repository = :repository and due_at < clock_timestamp() - :grace * interval '1 ms'
                  for update skip locked), closed as (
                  delete from feedhub.batch b using overdue o where b.repository = o.repository and b.key = o.key
                  returning b.repository, gen_random_uuid()::text as exchange,
                    jsonb_set(jsonb_set(b.content, '{properties,CamelAggregatedCorrelationKey}', to_jsonb(b.key)),
                      '{properties,CamelAggregatedCompletedBy}', '"timeout"') as content)
                insert into feedhub.batch_completed (repository, exchange, content, taken_until)
                select repository, exchange, content, clock_timestamp() from closed""")
                .param("repository", repository)
                .param("grace", GRACE.toMillis())
                .update();
    }

    /** Takes complete batches that nobody delivers. */
    Set<String> take(Duration lease) {
        return database.sql(
                        """
                update feedhub.batch_completed set taken_until = clock_timestamp() + :lease * interval '1 ms'
                where (repository, exchange) in (
                  select repository, exchange from feedhub.batch_completed
                  where repository = :repository and taken_until <= clock_timestamp() for update skip locked)
                returning exchange""")
                .param("repository", repository)
                .param("lease", lease.toMillis())
                .query(String.class)
                .set();
    }

    Optional<String> completed(String exchange) {
        return database.sql("select content from feedhub.batch_completed where repository = ? and exchange = ?")
                .params(repository, exchange)
                .query(String.class)
                .optional();
    }

    /** Notes that a batch is delivered; false when that was noted before. */
    boolean delivered(String exchange) {
        return database.sql("delete from feedhub.batch_completed where repository = ? and exchange = ?")
                        .params(repository, exchange)
                        .update()
                == 1;
    }

    Set<String> keys() {
        return database.sql("select key from feedhub.batch where repository = ?")
                .param(repository)
                .query(String.class)
                .set();
    }

    /** An open batch. */
    record Open(String exchange, long version, String content) {}
}
