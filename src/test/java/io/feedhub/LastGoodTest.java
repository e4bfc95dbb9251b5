package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed in the folder while no hub ran; each test has a flow of its own. */
class LastGoodTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Path FLOW = Path.of("routes/infrastructure/heartbeat_pulse.yaml");

    @TempDir
    private static Path folder;

    private static String good = "";

    @BeforeAll
    static void aHubThatRanOnce() throws IOException {
        good = Files.readString(FLOW);
        Files.createDirectories(file("").getParent());
        for (String flow : List.of("heartbeat_pulse", "broken", "newer", "gone", "lost")) {
            Files.writeString(file(flow), text(flow));
        }
        try (RunningHub hub = hub("a")) {
            assertThat(hub.put("/api/flows/newer", "1", newer()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRefusedFileIsReplacedByItsLastGoodRevisionAndAFileThatWasTakenAwayStopsItsFlow() throws IOException {
        Files.writeString(file("broken"), text("broken").replace("uri: sql", "uri: sqll"));
        Files.delete(file("lost"));
        try (RunningHub hub = hub("a")) {
            assertThat(hub.get("/api/flows/broken").path("state").asText()).isEqualTo("running");
            assertThat(hub.get("/api/flows/broken").at("/problems/0/reason").asText())
                    .isEqualTo("unknown component sqll");
            assertThat(hub.run("broken")).isEqualTo("done");
            assertThat(hub.send("GET", "/api/flows/lost", true).statusCode()).isEqualTo(404);
            assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
        }
    }

    @Test
    void aNodeWithAnOldFolderRunsWhatIsLiveAndItsFilesFollowAlsoThoseThatItNeverHad() throws IOException {
        Files.writeString(file("newer"), text("newer"));
        Files.delete(file("gone"));
        try (RunningHub hub = hub("b")) {
            assertThat(hub.get("/api/flows/newer").path("description").asText()).isEqualTo("newer");
            assertThat(file("newer")).hasContent(newer());
            assertThat(hub.count("select max(revision) from feedhub.flow_revision where flow = 'newer'"))
                    .isEqualTo(2);
            assertThat(hub.run("gone")).isEqualTo("done");
            assertThat(file("gone")).hasContent(text("gone"));
        }
    }

    private static String text(String flow) {
        return good.replace("heartbeat_pulse", flow);
    }

    private static String newer() {
        return text("newer").replaceFirst("description: .*", "description: newer");
    }

    private static Path file(String flow) {
        return folder.resolve(FLOW).resolveSibling(flow + ".yaml");
    }

    private static RunningHub hub(String node) {
        return new RunningHub(
                folder.resolve("routes"),
                Map.of("feedhub.beans", folder.resolve("beans"), "feedhub.node.name", node),
                DATABASE);
    }
}
