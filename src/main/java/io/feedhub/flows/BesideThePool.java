package io.feedhub.flows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.stereotype.Component;

/** The hub's database by connections that are not of its pool, for who holds one all the time. */
@Component
final class BesideThePool {
    private final DataSourceProperties database;

    BesideThePool(DataSourceProperties database) {
        this.database = database;
    }

    /** A wait for notifications has a limit of its own, so that of the socket may be short. */
    Connection connect() throws SQLException {
        SimpleDriverDataSource beside = database.initializeDataSourceBuilder()
                .type(SimpleDriverDataSource.class)
                .build();
        Properties properties = new Properties();
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        beside.setConnectionProperties(properties);
        return beside.getConnection();
    }
}
