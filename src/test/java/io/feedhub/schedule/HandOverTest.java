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
        flowThatTakesAMinute("sleeper", true);
        flowThatTakesAMinute("only_once", false);
        TestDatabase database = TestDatabase.migrated();
        JdbcClient sql = JdbcClient.create(database.dataSource());
        sql.sql("create table effect ()").update();
        try (RunningHub hub = new RunningHub(routes, Map.of("camel.main.shutdown-timeout", 1), database)) {
            hub.post("/api/flows/sleeper/run");
            hub.post("/api/flows/only_once/run");
            await(sql, "sleeper", "running", 2);
            await(sql, "only_once", "running", 2);
            hub.bean(InFlight.class).slept(new Slept(Duration.ofSeconds(40)));
            await(sql, "sleeper", "running", 4); // it was planned anew, and here is a node that can
        }
        await(sql, "sleeper", "planned", 5);
        await(sql, "only_once", "failed", 2);
        assertThat(sql.sql("select error from feedhub.occurrence order by flow desc")
                        .query(String.class)
                        .list())
                .containsExactly("its node was stopped", "this node slept for 40 s, and it is not run again");
        assertThat(sql.sql("select state from feedhub.node").query(String.class).single())
                .isEqualTo("left");
        assertThat(sql.sql("select count(*) from effect").query(Long.class).single())
                .as("effects of runs that were given up")
                .isZero();
    }

    private void flowThatTakesAMinute(String id, boolean rerun) throws IOException {
        Files.writeString(
                Files.createDirectories(routes.resolve("operations")).resolve(id + ".yaml"),
                """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: operations
                    description: Takes a minute
                    note: |-
                      when   every hour
                      reads  nothing
                      writes effect
                      posts  nothing
                      keeps  nothing
                      fails  never
                    routeProperty: [ { key: rerun, value: "%2$s" } ]
                    from:
                      uri: quartz:operations/%1$s
                      parameters: { cron: "0 0 * * * ?" }
                      steps:
                        - delay: { constant: "60000" }
                        - to:
                            uri: sql
                            parameters: { query: insert into effect default values }
                """
                        .formatted(id, rerun));
    }

    private static void await(JdbcClient sql, String flow, String outcome, int epoch) {
        Awaitility.await()
                .until(() ->
                        sql.sql("select count(*) from feedhub.occurrence where flow = ? and outcome = ? and epoch = ?")
                                        .params(flow, outcome, epoch)
                                        .query(Long.class)
                                        .single()
                                == 1);
    }
}
