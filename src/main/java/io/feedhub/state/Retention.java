package io.feedhub.state;

import io.feedhub.database.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Forgets, every few hours and a little at a time, what is older than {@link RetentionSettings} says, by the database's clock. Each
 * node does, none harms.
 */
@Component
final class Retention implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration PAUSE = Duration.ofHours(6);
    private static final int AT_ONCE = 10_000;

    private final JdbcClient database;
    private final RetentionSettings keeping;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "retention"));
    private volatile @Nullable ScheduledFuture<?> rounds;

    Retention(JdbcClient database, RetentionSettings keeping) {
        this.database = database;
        this.keeping = keeping;
    }

    /** Forgets all that is due, and tells how much that was. */
    int forget() {
        int forgotten = forgetVersions();
        for (String flow : flows()) {
            forgotten += forgetSeen(flow);
        }
        return forgotten;
    }

    /** One look into the index for each flow, however many keys it has. */
    private List<String> flows() {
        return database.sql(
                        """
                with recursive f(flow) as (
                  select min(flow) from feedhub.seen
                  union all
                  select (select min(s.flow) from feedhub.seen s where s.flow > f.flow) from f where f.flow is not null)
                select flow from f where flow is not null""")
                .query(String.class)
                .list();
    }

    private int forgetSeen(String flow) {
        return inSteps(
                """
                delete from feedhub.seen where flow = ? and key in (
                  select key from feedhub.seen where flow = ? and seen_at < now() - make_interval(secs => ?) limit ?)""",
                flow,
                flow,
                keeping.seenOf(flow).toSeconds());
    }

    private int forgetVersions() {
        return inSteps(
                """
                delete from feedhub.state_version where ctid in (
                  select ctid from feedhub.state_version where ended_at < now() - make_interval(secs => ?) limit ?)""",
                keeping.versions().toSeconds());
    }

    private int inSteps(String sql, Object... parameters) {
        int all = 0;
        int step;
        do {
            step = database.sql(sql).params(parameters).param(AT_ONCE).update();
            all += step;
        } while (step == AT_ONCE);
        return all;
    }

    private void forgetSafely() {
        try {
            int forgotten = forget();
            if (forgotten > 0) {
                log.info("forgot {} keys and old values", forgotten);
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("what is too old could not be forgotten, next try in {} h: {}", PAUSE.toHours(), Reason.of(e));
        } catch (RuntimeException | Error e) { // which would end the rounds without a word
            log.error("what is too old could not be forgotten, next try in {} h", PAUSE.toHours(), e);
        }
    }

    @Override
    public void start() {
        rounds = thread.scheduleWithFixedDelay(this::forgetSafely, 10, PAUSE.toMinutes(), TimeUnit.MINUTES);
    }

    @Override
    public void stop() {
        thread.shutdownNow();
        rounds = null;
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }
}
