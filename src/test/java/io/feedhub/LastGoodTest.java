package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed in the folder while no hub ran. */
class LastGoodTest {
    private final TestDatabase database = TestDatabase.migrated();

    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private String good = "";

    @BeforeEach
    void aHubThatRanOnce() throws IOException {
        Path original = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
        file = folder.resolve(original);
        good = Files.readString(original);
        Files.createDirectories(file.getParent());
        Files.writeString(file, good);
        Files.writeString(file.resolveSibling("second_pulse.yaml"), good.replace("heartbeat_pulse", "second_pulse"));
        hub("a").close();
    }

    @Test
    void aRefusedFileIsReplacedByItsLastGoodRevision() throws IOException {
        Files.writeString(file, good.replace("uri: sql", "uri: sqll"));
        try (RunningHub hub = hub("a")) {
            assertThat(hub.get("/api/flows/heartbeat_pulse").path("state").asText())
                    .isEqualTo("running");
            assertThat(hub.get("/api/flows/heartbeat_pulse")
                            .at("/problems/0/reason")
                            .asText())
                    .isEqualTo("unknown component sqll");
            assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
        }
    }

    @Test
    void aNodeWithAnOldFolderRunsWhatIsLiveAndItsFilesFollow() throws IOException {
        String newer = good.replaceFirst("description: .*", "description: newer");
        Files.writeString(file, newer);
        hub("a").close();
        Files.writeString(file, good);
        try (RunningHub hub = hub("b")) {
            assertThat(hub.get("/api/flows/heartbeat_pulse").path("description").asText())
                    .isEqualTo("newer");
            assertThat(Files.readString(file)).isEqualTo(newer);
            assertThat(hub.count("select max(revision) from feedhub.flow_revision where flow = 'heartbeat_pulse'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aFileThatWasTakenAwayStopsItsFlowOnTheNodeThatHadIt() throws IOException {
        Files.delete(file);
        try (RunningHub other = hub("b")) {
            assertThat(other.run("heartbeat_pulse")).isEqualTo("done");
        }
        Files.delete(file);
        try (RunningHub hub = hub("a")) {
            assertThat(hub.send("GET", "/api/flows/heartbeat_pulse", true).statusCode())
                    .isEqualTo(404);
            assertThat(hub.run("second_pulse")).isEqualTo("done");
        }
    }

    private RunningHub hub(String node) {
        return new RunningHub(
                folder.resolve("routes"),
                Map.of("feedhub.beans", folder.resolve("beans"), "feedhub.node.name", node),
                database);
    }
}
