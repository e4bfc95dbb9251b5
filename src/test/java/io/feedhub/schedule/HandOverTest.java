package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.TestDatabase;
import io.feedhub.nodes.Slept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node that must not go on with a run gives it to whoever can. */
class HandOverTest {
    @TempDir
    private Path routes;

    @Test
    void aNodeThatSleptAndOneThatIsStoppedGiveTheirRunsBack() throws IOException {
        flowThatTakesAMinute();
        TestDatabase database = TestDatabase.migrated();
        JdbcClient sql = JdbcClient.create(database.dataSource());
        try (RunningHub hub = new RunningHub(routes, Map.of("camel.main.shutdown-timeout", 1), database)) {
            hub.post("/api/flows/sleeper/run");
            await(sql, "running", 2);
            hub.bean(InFlight.class).slept(new Slept(Duration.ofSeconds(40)));
            assertThat(hub.bean(InFlight.class).numbers()).isEmpty();
            await(sql, "running", 4); // it was planned anew, and here is a node that can
        }
        await(sql, "planned", 5);
        assertThat(sql.sql("select error from feedhub.occurrence")
                        .query(String.class)
                        .single())
                .isEqualTo("its node was stopped");
        assertThat(sql.sql("select state from feedhub.node").query(String.class).single())
                .isEqualTo("left");
        assertThat(sql.sql("select count(*) from effect").query(Long.class).single())
                .as("effects of runs that were given up")
                .isZero();
    }

    private void flowThatTakesAMinute() throws IOException {
        Files.writeString(
                Files.createDirectories(routes.resolve("operations")).resolve("sleeper.yaml"),
                """
                - route:
                    id: sleeper
                    nodePrefixId: sleeper-
                    group: operations
                    description: Takes a minute
                    note: |-
                      when   every hour
                      reads  nothing
                      writes effect
                      posts  nothing
                      keeps  nothing
                      fails  never
                    from:
                      uri: quartz:operations/sleeper
                      parameters: { cron: "0 0 * * * ?" }
                      steps:
                        - to:
                            uri: sql
                            parameters: { query: create table if not exists effect () }
                        - delay: { constant: "60000" }
                        - to:
                            uri: sql
                            parameters: { query: insert into effect default values }
                """);
    }

    private static void await(JdbcClient sql, String outcome, int epoch) {
        Awaitility.await()
                .until(() -> sql.sql("select count(*) from feedhub.occurrence where outcome = ? and epoch = ?")
                                .params(outcome, epoch)
                                .query(Long.class)
                                .single()
                        == 1);
    }
}
