package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.TestDatabase;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;

/** A run that fails because its connection to the database broke. */
class OutageTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @TempDir
    private Path routes;

    @Test
    void isRunAgainUnlessItsFlowForbidsItButNotForEver() throws IOException {
        sql.sql("create sequence tries; create sequence other_tries").update();
        sql.sql("create function cut_off() returns boolean return pg_terminate_backend(pg_backend_pid())")
                .update();
        cutOff("unlucky", "nextval('tries') = 1", true);
        cutOff("deadly", "true", true);
        cutOff("once_only", "nextval('other_tries') = 1", false);
        try (RunningHub hub = new RunningHub(routes, Map.of(), database)) {
            List.of("unlucky", "deadly", "once_only").forEach(flow -> hub.post("/api/flows/" + flow + "/run"));
            Awaitility.await()
                    .until(() -> sql.sql("select count(*) from feedhub.occurrence where outcome in ('done', 'failed')")
                                    .query(Integer.class)
                                    .single()
                            == 3);
        }
        assertThat(ends())
                .containsExactly(
                        "deadly failed after 5 tries", "once_only failed after 1 tries", "unlucky done after 2 tries");
        assertThat(sql.sql("select error from feedhub.occurrence where flow = 'deadly'")
                        .query(String.class)
                        .single())
                .contains("terminating connection due to administrator command");
    }

    @Test
    void isNotWhatALimitOfTheHubOrOfPostgresqlBrought() {
        SQLException broken = new SQLException("an I/O error occurred", "08006");
        assertThat(Outage.isBehind(new IllegalStateException(broken))).isTrue();
        assertThat(Outage.isBehind(rollbackFailed(new SQLException("terminating connection", "57P01"))))
                .isTrue();
        assertThat(Outage.isBehind(rollbackFailed(new SQLException("idle in transaction", "25P03"))))
                .isFalse();
        assertThat(Outage.isBehind(new SQLException("an I/O error", "08006", new SocketTimeoutException())))
                .isFalse();
        assertThat(Outage.isBehind(new SQLTransientConnectionException("none was free")))
                .isFalse();
        assertThat(Outage.isBehind(new SQLException("division by zero", "22012")))
                .isFalse();
        assertThat(Outage.isBehind(null)).isFalse();
    }

    private static TransactionSystemException rollbackFailed(SQLException reason) {
        TransactionSystemException failure = new TransactionSystemException(
                "no rollback", new SQLException("This connection has been closed", "08003"));
        failure.initApplicationException(new IllegalStateException(reason));
        return failure;
    }

    private List<String> ends() {
        return sql.sql(
                        """
                select flow || ' ' || outcome || ' after ' || epoch / 2 || ' tries' from feedhub.occurrence
                where origin = 'manual' order by flow""")
                .query(String.class)
                .list();
    }

    /** A flow that ends its own connection while the condition holds. */
    private void cutOff(String flow, String condition, boolean rerun) throws IOException {
        Files.writeString(
                Files.createDirectories(routes.resolve("operations")).resolve(flow + ".yaml"),
                """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: operations
                    description: Loses its connection
                    note: |-
                      when   once a year
                      reads  nothing
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  never
                    routeProperty:
                      - key: rerun
                        value: "%3$s"
                    from:
                      uri: quartz:operations/%1$s
                      parameters: { cron: "0 0 0 1 1 ?" }
                      steps:
                        - to:
                            uri: sql
                            parameters:
                              query: select case when %2$s then cut_off() end
                """
                        .formatted(flow, condition, rerun));
    }
}
