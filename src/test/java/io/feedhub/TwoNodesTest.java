package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs, two folders, one database. */
class TwoNodesTest {
    private static final Path FLOW = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
    private static final String API = "/api/flows/heartbeat_pulse";

    private final TestDatabase database = TestDatabase.migrated();

    @TempDir
    private Path folder;

    @Test
    void anEditOnOneIsLiveOnTheOtherWithinFiveSecondsAndItsFileFollows() throws Exception {
        Path here = copyTo("a");
        Path there = copyTo("b");
        try (RunningHub hub = new RunningHub(
                folder.resolve("a/routes"),
                Map.of("feedhub.node.name", "a", "feedhub.beans", folder.resolve("none")),
                database)) {
            Process other =
                    HubProcess.start(settings(hub, folder.resolve("b/routes")), folder.resolve("output"), "run");
            try {
                Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> copies("b", 1));
                editOnBoth(hub, here, there, 1, Duration.ofMinutes(2)); // a hub does it for the first time
                editOnBoth(hub, here, there, 3, Duration.ofSeconds(5));
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    /** Over the API on the one, then in the file of the other; what is in the files may come a moment later. */
    private void editOnBoth(RunningHub hub, Path here, Path there, int base, Duration limit) throws IOException {
        String onA = "edited on a after " + base;
        String onB = "edited on b after " + base;
        String edited = Files.readString(here).replaceFirst("description: .*", "description: " + onA);
        assertThat(hub.put(API, "" + base, edited).statusCode()).isEqualTo(200);
        Awaitility.await().atMost(limit).until(() -> copies("b", base + 1));
        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(there)).isEqualTo(edited));
        Files.writeString(there, edited.replace(onA, onB));
        Awaitility.await()
                .atMost(limit.plusSeconds(1)) // until a file counts as saved
                .until(() -> hub.get(API).path("description").asText().equals(onB));
        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(here)).contains(onB));
    }

    private boolean copies(String node, int revision) {
        return org.springframework.jdbc.core.simple.JdbcClient.create(database.dataSource())
                .sql("select exists (select from feedhub.flow_copy where node = ? and revision = ?)")
                .params(node, revision)
                .query(Boolean.class)
                .single();
    }

    private Map<String, Object> settings(RunningHub hub, Path routes) {
        Map<String, Object> settings = new HashMap<>(hub.standIns().properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.node.name", "b");
        settings.put("feedhub.routes", routes);
        settings.put("feedhub.beans", folder.resolve("none"));
        settings.put("feedhub.users[0].name", "admin");
        settings.put(
                "feedhub.users[0].password", "{bcrypt}$2a$10$abcdefghijklmnopqrstuuJ8vVbBkX0Q2xv0yX1Y2Z3a4b5c6d7e8");
        settings.put("feedhub.users[0].role", "admin");
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", 0);
        return settings;
    }

    private Path copyTo(String node) throws IOException {
        Path copy = folder.resolve(node).resolve(FLOW);
        Files.createDirectories(copy.getParent());
        return Files.copy(FLOW, copy);
    }
}
