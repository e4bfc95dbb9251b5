package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three hubs on one database, each with a label of its own: who runs what, and what goes on when one is killed. */
@Tag("proof")
class ThreeMachinesTest {
    private static final List<String> MACHINES = List.of("mac1", "mac5", "cloud");

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final Map<String, Process> hubs = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process hub : hubs.values()) {
            hub.destroyForcibly().waitFor();
        }
        outside.close();
    }

    @Test
    void eachRunsOnlyWhatItMayAndWhatIsUnboundGoesOnWithoutTheDead() throws Exception {
        for (String machine : MACHINES) {
            write("on_" + machine, machine);
        }
        write("anywhere", "");
        MACHINES.forEach(this::start);
        for (String machine : MACHINES) {
            await(
                    180,
                    "select count(*) > 3 from feedhub.occurrence where outcome = 'done' and flow = 'on_" + machine
                            + "'");
            ask(machine);
        }
        await(60, "select count(*) = 3 from command_queue where status = 'done' and executor = machine");

        java.util.Objects.requireNonNull(hubs.get("mac1")).destroyForcibly().waitFor();
        long killedAt = count("select extract(epoch from clock_timestamp())::bigint");
        ask("mac1");
        await(
                60,
                "select count(*) > 3 from feedhub.occurrence where flow = 'anywhere' and outcome = 'done' and node <>"
                        + " 'mac1' and scheduled_at > to_timestamp(" + killedAt + ")");
        await(
                120,
                "select count(*) > 20 from feedhub.occurrence where flow = 'anywhere' and outcome = 'done' and"
                        + " scheduled_at > to_timestamp("
                        + killedAt + ")");

        assertThat(count("select count(*) from feedhub.occurrence where flow like 'on\\_%' and outcome = 'done'"
                        + " and node <> substr(flow, 4)"))
                .isZero();
        assertThat(count("select count(*) from feedhub.occurrence where flow = 'on_mac1' and outcome = 'done' and"
                        + " scheduled_at > to_timestamp("
                        + (killedAt + 1) + ")"))
                .isZero();
        assertThat(count("select count(*) from command_queue where machine = 'mac1' and status = 'queued'"))
                .isEqualTo(1);
        assertThat(count("select count(*) from command_queue where status = 'done' and executor <> machine"))
                .isZero();

        start("mac1");
        await(180, "select count(*) = 0 from command_queue where status in ('queued', 'running')");
        assertThat(count("select count(*) from command_queue where machine = 'mac1' and status = 'done' and"
                        + " attempts = 1"))
                .isEqualTo(2);
    }

    private void write(String flow, String label) throws IOException {
        Path file = folder.resolve("routes/operations/" + flow + ".yaml");
        Files.createDirectories(file.getParent());
        String property = label.isEmpty() ? "" : "    routeProperty: [ { key: runsOn, value: " + label + " } ]\n";
        Files.writeString(
                file,
                """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: operations
                    description: Ticks
                    note: |-
                      when   every second
                      reads  nothing
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  never
                %2$s    from:
                      uri: quartz:operations/%1$s
                      parameters:
                        cron: "0/1 * * * * ?"
                      steps:
                        - to:
                            uri: sql
                            parameters: { query: select 1 }
                """
                        .formatted(flow, property));
    }

    private void start(String machine) {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", folder.resolve("routes"));
        settings.put("feedhub.node.name", machine);
        settings.put("feedhub.node.labels", machine);
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", 0);
        try {
            hubs.put(machine, HubProcess.start(settings, folder.resolve(machine + ".log"), "run"));
        } catch (IOException e) {
            throw new AssertionError(machine, e);
        }
    }

    private void ask(String machine) {
        sql.sql("insert into command_queue (machine, command, arguments) values (?, 'ping', '{\"word\": \"hi\"}')")
                .param(machine)
                .update();
    }

    private void await(int seconds, String condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .until(() -> sql.sql(condition).query(Boolean.class).single());
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
