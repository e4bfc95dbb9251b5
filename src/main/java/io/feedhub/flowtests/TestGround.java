package io.feedhub.flowtests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * With the profile {@code flow-tests}: a database and services of the tests' own, before the hub starts, and the
 * configuration that leads the hub there and nowhere else. Nothing fires by itself, and nothing leaves.
 */
final class TestGround implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    /** A database that is there already, instead of one that is started. */
    private static final String DATABASE = "flow-tests.database";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!context.getEnvironment().acceptsProfiles(Profiles.of("flow-tests"))) {
            return;
        }
        String database = context.getEnvironment().getProperty(DATABASE);
        String url = database == null ? startDatabase() : database;
        ownTheTime(url);
        Outside outside = new Outside();
        SpringApplication.getShutdownHandlers().add(outside::close);
        context.getBeanFactory().registerSingleton("outside", outside);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("flow-tests", properties(context.getEnvironment(), url, outside)));
    }

    private static String startDatabase() {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            SpringApplication.getShutdownHandlers().add(() -> stop(server));
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("the tests' PostgreSQL does not start", e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the tests' PostgreSQL did not stop", e);
        }
    }

    /** A now() that a test can set. Found before PostgreSQL's own, by the search path of each connection. */
    private static void ownTheTime(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create schema flowtest;
                    create table flowtest.clock (at timestamptz);
                    insert into flowtest.clock values (null);
                    create function flowtest.now() returns timestamptz language sql stable
                    as 'select coalesce((select at from flowtest.clock), pg_catalog.now())'""");
        } catch (SQLException e) {
            throw new IllegalStateException("the tests' database cannot be prepared", e);
        }
    }

    private static Map<String, Object> properties(Environment environment, String url, Outside outside) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("feedhub.database.url", url + "&currentSchema=flowtest,pg_catalog,public");
        properties.put("feedhub.database.username", "postgres");
        properties.put("feedhub.database.password", "postgres");
        properties.put("feedhub.node.name", "here");
        properties.put("feedhub.retry-delay", "1");
        properties.put("feedhub.edits.follow", "false");
        properties.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        properties.put("server.port", 0);
        entries(environment, "feedhub.services")
                .forEach((service, settings) -> properties.putAll(service(service, settings, outside)));
        for (String channel : entries(environment, "feedhub.discord.channels").keySet()) {
            properties.put("feedhub.discord.channels." + channel + ".url", "");
        }
        return properties;
    }

    private static Map<String, Object> service(String name, Object settings, Outside outside) {
        String key = "feedhub.services." + name + ".";
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(key + "url", outside.url(name));
        properties.put(key + "token", "test");
        properties.put(key + "pause", "0s"); // a case must not suffer from the one before
        if (settings instanceof Map<?, ?> members && members.containsKey("oauth")) {
            properties.put(key + "oauth.url", outside.tokens());
            properties.put(key + "oauth.refresh-token", "test");
            properties.put(key + "oauth.service-account", ""); // no real key signs anything here
        }
        return properties;
    }

    private static Map<String, Object> entries(Environment environment, String key) {
        return Binder.get(environment)
                .bind(key, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
    }
}
