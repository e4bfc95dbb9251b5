package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while the hub runs. */
class EditsTest {
    private static final Path FLOW = Path.of("routes/infrastructure/heartbeat_pulse.yaml");

    @TempDir
    private Path folder;

    private Path file;
    private String good = "";
    private RunningHub hub;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve(FLOW);
        Files.createDirectories(file.getParent());
        good = Files.readString(FLOW);
        Files.writeString(file, good);
        hub = new RunningHub(folder.resolve("routes"), Map.of("feedhub.beans", folder.resolve("beans")));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aSavedFileIsLive() throws IOException {
        save(good.replaceFirst("description: .*", "description: Another"));
        awaitRevision(2);
        assertThat(flow().path("description").asText()).isEqualTo("Another");
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
    }

    @Test
    void aRefusedEditLeavesTheOldOneRunningAndSaysWhy() throws IOException {
        save(good.replace("channel: infra,", "channel: infre,"));
        awaitProblem("unknown channel infre");
        assertThat(flow().path("state").asText()).isEqualTo("running");
        assertThat(flow().path("revision").asInt()).isEqualTo(1);
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
        assertThat(hub.count("select count(*) from feedhub.flow_revision where state = 'refused'"))
                .isEqualTo(1);
        save(good);
        Awaitility.await().until(() -> flow().path("problems").isEmpty());
    }

    @Test
    void whatOnlyCamelKnowsShowsBeforeTheOldRouteIsTouched() throws IOException {
        save(good.replace("ref: one-transaction", "ref: one-transactoin"));
        awaitProblem("one-transactoin");
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
    }

    @Test
    void aDeletedFileStopsItsFlowAndItsReturnStartsIt() throws IOException {
        Files.delete(file);
        Files.writeString(file.resolveSibling("other_flow.yaml"), good.replace("heartbeat_pulse", "other_flow"));
        Awaitility.await()
                .until(() -> hub.send("GET", "/api/flows/heartbeat_pulse", true).statusCode() == 404);
        assertThat(hub.count("select count(*) from feedhub.flow_revision where state = 'deleted'"))
                .isEqualTo(1);
        save(good);
        awaitRevision(3);
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
        assertThat(hub.run("other_flow")).isEqualTo("done");
    }

    private void save(String text) throws IOException {
        Files.writeString(file, text);
    }

    private JsonNode flow() {
        return hub.get("/api/flows/heartbeat_pulse");
    }

    private void awaitRevision(int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> flow().path("revision").asInt() == number);
    }

    private void awaitProblem(String reason) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> flow().path("problems").toString().contains(reason));
    }
}
