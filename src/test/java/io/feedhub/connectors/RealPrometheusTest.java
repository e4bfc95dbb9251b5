package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Prometheus, which watches itself. */
class RealPrometheusTest {
    @TempDir
    private Path folder;

    @Test
    void itsQueriesAndAlertsAreRows() throws IOException {
        RealServer.require(RealServer.onPath("prometheus"), "no prometheus; apt-get install prometheus");
        try (RealServer server = RealServer.start(folder.resolve("log"), port -> new ProcessBuilder(command(port)));
                Steps steps = new Steps(Map.of("feedhub.services.prometheus.url", server.url()))) {
            Awaitility.await().untilAsserted(() -> assertThat(ask(steps, "up{job=\"self\"}"))
                    .contains("instance=127.0.0.1:" + server.port(), "value=1.0"));
            assertThat(ask(steps, "scalar(count(up)) / 0")).contains("value=null");
            assertThat(ask(steps, "vector(1.5e3)")).contains("value=1500.0");
            assertThat(steps.call("prometheus-action", Map.of("query", "up", "range", "1m", "step", "1s"))
                            .toString())
                    .contains("values=[{at=");
            Awaitility.await().untilAsserted(() -> assertThat(
                            steps.call("prometheus-action", Map.of()).toString())
                    .contains("alertname=Always", "state=firing"));
            assertThat(steps.failure("prometheus-action", Map.of("query", "up{")))
                    .isInstanceOf(ServiceRefused.class)
                    .hasMessageContaining("prometheus /api/v1/query answered 400: invalid parameter");
            assertThat(ask(steps, "up[1m]")).contains("values=[{at=");
        }
    }

    private static String ask(Steps steps, String query) {
        return steps.call("prometheus-action", Map.of("query", query)).toString();
    }

    private List<String> command(int port) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"),
                """
                groups: [{name: g, interval: 1s, rules: [{alert: Always, expr: vector(1)}]}]
                """);
        Path config = Files.writeString(
                folder.resolve("prometheus.yaml"),
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s]
                scrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
                """
                        .formatted(rules, port));
        return List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
    }
}
