package io.feedhub;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL for the whole test run, one database for whoever asks. */
public final class TestDatabase {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    private final HikariDataSource pool;

    private TestDatabase(String name) {
        this.name = name;
        this.pool = LazyPool.to(SERVER.getJdbcUrl("postgres", name));
    }

    /** An empty database of one's own. */
    public static TestDatabase create() {
        return create("");
    }

    /** A database with the hub's tables and the stand-ins of Supabase's. */
    public static TestDatabase migrated() {
        return create(" template " + Migrated.TEMPLATE.name);
    }

    private static TestDatabase create(String like) {
        String name = "test" + NUMBERS.incrementAndGet();
        execute("create database " + name + like);
        return new TestDatabase(name);
    }

    /** Ends all connections and takes no new ones. */
    public void goAway() {
        execute("alter database " + name + " allow_connections false");
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        LazyPool.evict(pool);
    }

    public void comeBack() {
        execute("alter database " + name + " allow_connections true");
    }

    private static void execute(String sql) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Where it is, as Spring's settings have it. */
    public DataSourceProperties properties() {
        DataSourceProperties properties = new DataSourceProperties();
        properties.setUrl(url());
        properties.setUsername("postgres");
        properties.setPassword("");
        return properties;
    }

    public String url() {
        return SERVER.getJdbcUrl("postgres", name);
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The migrations run once; the other databases are copies, which is quicker. */
    private static final class Migrated {
        static final TestDatabase TEMPLATE = create();

        static {
            Flyway.configure()
                    .dataSource(SERVER.getDatabase("postgres", TEMPLATE.name)) // a template may have no connections
                    .defaultSchema("feedhub")
                    .createSchemas(true)
                    .locations("classpath:db/migration", "classpath:db/sandbox")
                    .load()
                    .migrate();
        }
    }

    /** The words that a check constraint allows in its column. */
    public List<String> wordsOf(String constraint) {
        return JdbcClient.create(dataSource())
                .sql(
                        """
                select word[1] from pg_constraint,
                  regexp_matches(pg_get_constraintdef(oid), '''([^'']*)''', 'g') as word
                where conname = ?""")
                .param(constraint)
                .query(String.class)
                .list();
    }
}
