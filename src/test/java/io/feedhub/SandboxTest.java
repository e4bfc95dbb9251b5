package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process in a folder of its own: what it leaves for the commands beside it, and how it stops. */
class SandboxTest {
    private static final Path FLOW = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void theCommandsBesideItFindItASecondOneDoesNotAndAtAStopTheHubEndsBeforeItsDatabase() throws Exception {
        Files.createDirectories(folder.resolve(FLOW).getParent());
        Files.copy(FLOW, folder.resolve(FLOW));
        Path left = Files.createDirectories(folder.resolve(".feedhub"));
        Files.writeString(left.resolve("address"), "http://127.0.0.1:1 " + killed());
        Process sandbox = feedhub("output", "sandbox", "--port", "0");
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> said("output").contains("sandbox is ready"));
            assertThat(left.resolve("address")).content().endsWith(" " + sandbox.pid());
            Process flows = feedhub("flows", "flows");
            assertThat(flows.waitFor()).as(said("flows")).isZero();
            assertThat(said("flows")).contains("heartbeat_pulse");
            Process second = feedhub("second", "sandbox", "--port", "0", "--fresh");
            assertThat(second.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).isTrue();
            assertThat(second.exitValue()).as(said("second")).isOne();
            assertThat(said("second")).contains("Another sandbox runs here").doesNotContain("at io.feedhub");
            assertThat(feedhub("again", "flows").waitFor()).as(said("again")).isZero();
        } finally {
            sandbox.destroy();
        }
        assertThat(sandbox.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).isTrue();
        assertThat(said("output")).doesNotContain("Connection refused", "terminating connection", "PSQLException");
        assertThat(left.resolve("address")).doesNotExist();
        assertThat(left.resolve("postgres/data/PG_VERSION")).exists();
        assertThat(left.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void aFlowRunsForTheFirstTimeSoonAfterItIsLoaded() throws Exception {
        save("before");
        Process sandbox = feedhub("output", "sandbox", "--port", "0");
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> said("output").contains("sandbox is ready"));
            List<String> saved = List.of("one", "two", "three", "four", "five", "six");
            for (String flow : saved) {
                save(flow);
            }
            Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                Process runs = feedhub("runs", "runs", "--json");
                assertThat(runs.waitFor()).as(said("runs")).isZero();
                assertThat(said("runs"))
                        .contains("\"before\"")
                        .contains(saved.stream().map(flow -> '"' + flow + '"').toList());
            });
        } finally {
            sandbox.destroy();
        }
        assertThat(sandbox.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).isTrue();
    }

    /** A flow of once a day: in the sandbox, of once in 24 minutes. */
    private void save(String flow) throws IOException {
        Path file = folder.resolve("routes/operations/" + flow + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: operations
                    description: Once a day
                    note: |-
                      when   every day
                      reads  nothing
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  never
                    from:
                      uri: quartz:operations/%1$s
                      parameters: { cron: "0 0 3 * * ?" }
                      steps:
                        - log: { message: "good day" }
                """
                        .formatted(flow));
    }

    /** The number of a process that was there. */
    private static long killed() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private Process feedhub(String output, String... arguments) throws IOException {
        return HubProcess.startIn(folder, Map.of(), folder.resolve(output), arguments);
    }

    private String said(String output) throws IOException {
        return Files.readString(folder.resolve(output));
    }
}
