package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flows of the repository beside bad files, some of which are no flows. */
class LoadingTest {
    private static final String GOOD = "routes/infrastructure/heartbeat_pulse.yaml";

    @TempDir
    private static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        Path routes = folder.resolve("routes");
        copy(Path.of("routes"), routes);
        String good = Files.readString(Path.of(GOOD));
        Files.writeString(routes.resolve("infrastructure/broken.yaml"), "- route:\n    id: broken\n   from: x\n");
        Files.writeString(
                routes.resolve("infrastructure/component.yaml"),
                named(good, "component").replaceFirst("uri: sql", "uri: sqll"));
        Files.writeString(
                routes.resolve("infrastructure/channel.yaml"),
                named(good, "channel").replaceFirst("channel: infra,", "channel: infre,"));
        Files.writeString(
                routes.resolve("operations/heartbeat_pulse.yaml"),
                good.replace("group: infrastructure", "group: operations"));
        Files.writeString(
                routes.resolve("infrastructure/placeholder.yaml"),
                named(good, "placeholder").replaceFirst("select coalesce", "{{no.such.key}} select coalesce"));
        Files.writeString(routes.resolve("_shared/torn.yaml"), "- routeConfiguration: [");
        Files.createDirectories(routes.resolve("infrastructure/folder.yaml"));
        Files.write(
                Files.createDirectories(routes.resolve("design")).resolve("latin.yaml"),
                new byte[] {'-', ' ', (byte) 0xE9});
        Path beans = folder.resolve("beans");
        copy(Path.of("beans"), beans);
        Files.writeString(beans.resolve("torn.yaml"), "- beans:\n    - name: torn\n      type: no.such.Type\n");
        hub = new RunningHub(routes, Map.of("feedhub.beans", beans.toString()));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aBadFileDoesNotStopTheOthers() {
        Map<String, String> states = new TreeMap<>();
        hub.get("/api/flows")
                .path("items")
                .forEach(flow -> states.put(
                        flow.path("file").asText(), flow.path("state").asText()));
        assertThat(states)
                .containsEntry(GOOD, "running")
                .containsEntry("routes/infrastructure/infra_watchdog.yaml", "running")
                .containsEntry("routes/intelligence/x_repost_watcher.yaml", "running")
                .containsEntry("routes/operations/task_aggregator.yaml", "running")
                .containsEntry("routes/operations/autopilot_digest.yaml", "running")
                .containsEntry("routes/infrastructure/broken.yaml", "refused")
                .containsEntry("routes/infrastructure/component.yaml", "refused")
                .containsEntry("routes/infrastructure/channel.yaml", "refused")
                .containsEntry("routes/infrastructure/placeholder.yaml", "refused")
                .containsEntry("routes/operations/heartbeat_pulse.yaml", "refused")
                .containsEntry("routes/design/latin.yaml", "refused")
                .containsEntry("routes/_shared/torn.yaml", "refused")
                .containsEntry("beans/torn.yaml", "refused")
                .hasSize(18);
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
    }

    @Test
    void aRefusalSaysFileLineReasonAndWhatToWrite() throws IOException {
        assertProblem("routes/infrastructure/broken.yaml", "   from: x", "not YAML", "");
        assertProblem(
                "routes/infrastructure/component.yaml", "uri: sqll", "unknown component sqll", "did you mean sql?");
        assertProblem(
                "routes/infrastructure/channel.yaml",
                "channel: infre,",
                "unknown channel infre",
                "did you mean infra?");
        assertProblem(
                "routes/operations/heartbeat_pulse.yaml", "id: heartbeat_pulse", "the id is taken by " + GOOD, "");
    }

    @Test
    void healthHasAnEntryForEachRefusedFlowAndStaysUp() {
        assertThat(hub.send("GET", "/observe/health", false).statusCode()).isEqualTo(200);
        JsonNode flows = hub.get("/observe/health").at("/components/flows/components");
        assertThat(flows.path("routes/infrastructure/channel.yaml")
                        .path("status")
                        .asText())
                .isEqualTo("DEGRADED");
        assertThat(flows.has(GOOD)).isFalse();
    }

    @Test
    void metricsCountFlowsByState() {
        assertThat(hub.send("GET", "/observe/metrics", true).body())
                .contains("feedhub_flows{state=\"running\"} 10.0")
                .contains("feedhub_flows{state=\"refused\"} 8.0");
    }

    private static void assertProblem(String file, String culprit, String reason, String fix) throws IOException {
        for (JsonNode flow : hub.get("/api/flows").path("items")) {
            if (flow.path("file").asText().equals(file)) {
                JsonNode problem = flow.path("problems").path(0);
                assertThat(problem.path("file").asText()).isEqualTo(file);
                assertThat(problem.path("line").asInt()).as(file).isEqualTo(lineOf(file, culprit));
                assertThat(problem.path("reason").asText()).contains(reason);
                assertThat(problem.path("fix").asText()).contains(fix);
                return;
            }
        }
        throw new AssertionError(file + " is not listed");
    }

    private static int lineOf(String file, String text) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        return 1
                + lines.indexOf(lines.stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElseThrow());
    }

    private static String named(String flow, String name) {
        return flow.replace("heartbeat_pulse", name);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
