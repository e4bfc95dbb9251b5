package io.feedhub.cli;

import io.feedhub.cli.DoctorCommand.Finding;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.springframework.core.env.ConfigurableEnvironment;

/** Looks at the database: reachable, new enough, writable, its clock, and what the hub's role may do to the audit. */
final class DatabaseDoctor {
    private static final String WHAT = "database";
    private static final int OLDEST = 14;
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final ConfigurableEnvironment environment;
    private final Clock clock;

    DatabaseDoctor(ConfigurableEnvironment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    List<Finding> check() {
        String url = environment.getProperty("feedhub.database.url", "");
        if (url.isBlank()) {
            return List.of(Finding.bad(WHAT, "not configured", "set FEEDHUB_DATABASE_URL"));
        }
        if (!SettingsCheck.isPlain(url)) { // the driver's words would repeat it
            return List.of(Finding.bad(WHAT, "its address is none", "correct FEEDHUB_DATABASE_URL"));
        }
        Properties properties = new Properties();
        properties.setProperty("user", environment.getProperty("feedhub.database.username", ""));
        properties.setProperty("password", environment.getProperty("feedhub.database.password", ""));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return look(connection);
        } catch (SQLException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return List.of(Finding.bad(WHAT, reason, "check address, name and password under feedhub.database"));
        }
    }

    private List<Finding> look(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        int version = connection.getMetaData().getDatabaseMajorVersion();
        findings.add(
                version < OLDEST
                        ? Finding.bad(WHAT, "PostgreSQL " + version, "the hub needs " + OLDEST + " or newer")
                        : Finding.ok(WHAT, "PostgreSQL " + version + " answers"));
        if (ask(connection, "select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean")
                .equals("t")) {
            findings.add(Finding.bad(WHAT, "read-only", "connect to the primary, not to a replica"));
        }
        findings.add(clock(connection));
        findings.add(audit(connection));
        return findings;
    }

    private Finding clock(Connection connection) throws SQLException {
        double theirs = Double.parseDouble(ask(connection, "select extract(epoch from clock_timestamp())"));
        Duration skew = Duration.ofMillis(Math.abs(clock.millis() - (long) (theirs * 1000)));
        String found = "differs from the database's by " + skew.toMillis() + " ms";
        return skew.compareTo(SKEW) > 0
                ? Finding.bad("clock", found, "set this machine's clock by NTP")
                : Finding.ok("clock", found);
    }

    private static Finding audit(Connection connection) throws SQLException {
        String may = ask(
                connection,
                "select coalesce(has_table_privilege(to_regclass('feedhub.audit'), 'UPDATE, DELETE'), false)");
        return may.equals("t")
                ? Finding.warn(
                        "audit",
                        "the hub's role has the right to change it",
                        "give the hub a role of its own: docs/operating.md, Database roles")
                : Finding.ok("audit", "the hub's role may only add to it");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            return answer.next() ? String.valueOf(answer.getString(1)) : "";
        }
    }
}
