package io.feedhub;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Connections as new ones would be, for tests that ask again and again: PostgreSQL starts no process for each look of a wait.
 * One is opened when it is asked for and there is none, and none is kept for long.
 */
final class LazyPool {
    private static final ScheduledExecutorService KEEPER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "test-connections");
        thread.setDaemon(true);
        return thread;
    });

    private LazyPool() {}

    static HikariDataSource to(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.addDataSourceProperty("prepareThreshold", 0); // no plan outlives its statement
        pool.setMaximumPoolSize(50);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setScheduledExecutor(KEEPER);
        return pool;
    }

    /** Connections that were broken are not given out again. */
    static void evict(HikariDataSource pool) {
        if (pool.isRunning()) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }
}
