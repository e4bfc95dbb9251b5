package io.feedhub.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.stereotype.Component;

/** The hub's database by connections that are not of its pool: for who holds one all the time, or asks whether it answers. */
@Component
public final class UnpooledConnections {
    private final DataSourceProperties database;

    /** @param database where it is, and who the hub is there */
    public UnpooledConnections(DataSourceProperties database) {
        this.database = database;
    }

    /**
     * A new connection; the caller closes it. A wait for notifications has a limit of its own, so that of the socket is short.
     *
     * @throws SQLException when the database takes none within 5 s
     */
    public Connection connect() throws SQLException {
        SimpleDriverDataSource source = database.initializeDataSourceBuilder()
                .type(SimpleDriverDataSource.class)
                .build();
        Properties properties = new Properties();
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        source.setConnectionProperties(properties);
        return source.getConnection();
    }
}
