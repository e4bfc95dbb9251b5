package io.feedhub.nodes;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A few connections of their own for heartbeats and claims: flows that hold every other connection do not delay them, and a
 * network that swallows packets is noticed in seconds. Thread-safe.
 */
@Component
public final class Lifeline implements DisposableBean {
    private static final int CONNECTIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final HikariDataSource connections;
    private final JdbcClient database;

    /** Connects where Spring's own pool does. */
    public Lifeline(DataSourceProperties properties) {
        connections = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        connections.setPoolName("lifeline");
        connections.setMaximumPoolSize(CONNECTIONS);
        connections.setMinimumIdle(1);
        connections.setConnectionTimeout(PATIENCE.toMillis());
        connections.setValidationTimeout(PATIENCE.toMillis() / 2);
        connections.setInitializationFailTimeout(-1);
        connections.addDataSourceProperty("connectTimeout", PATIENCE.toSeconds());
        connections.addDataSourceProperty("socketTimeout", PATIENCE.toSeconds());
        connections.addDataSourceProperty("tcpKeepAlive", true);
        connections.addDataSourceProperty("ApplicationName", "feedhub lifeline");
        database = JdbcClient.create(connections);
    }

    /** Statements on these connections; each must end within seconds. */
    public JdbcClient database() {
        return database;
    }

    @Override
    public void destroy() {
        connections.close();
    }
}
