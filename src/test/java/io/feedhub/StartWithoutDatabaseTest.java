package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that goes away while the hub brings its flows up, and comes back. */
class StartWithoutDatabaseTest {
    private static final Path FLOW = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
    private static final int FLOWS = 60;

    @TempDir
    private Path routes;

    @Test
    void allFlowsRunWhenItIsBack() throws IOException {
        String text = Files.readString(FLOW);
        Path folder = Files.createDirectories(routes.resolve("infrastructure"));
        for (int flow = 0; flow < FLOWS; flow++) {
            Files.writeString(
                    folder.resolve("pulse_" + flow + ".yaml"), text.replace("heartbeat_pulse", "pulse_" + flow));
        }
        TestDatabase database = TestDatabase.migrated();
        CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> restartWhenOneIsLive(database));
        try (RunningHub hub =
                new RunningHub(routes, Map.of("spring.datasource.hikari.connection-timeout", 500), database)) {
            assertThat(restart).as("it was away while the hub started").isCompleted();
            Awaitility.await().until(() -> live(hub) == FLOWS);
            assertThat(hub.bean(CamelContext.class).getRoutes())
                    .extracting(Route::getRouteId)
                    .doesNotHaveDuplicates()
                    .filteredOn(id -> !id.contains("-")) // which is a connector's
                    .hasSize(FLOWS);
            assertThat(hub.count("select count(*) from feedhub.flow_revision where state = 'accepted'"))
                    .isEqualTo(FLOWS);
            assertThat(hub.run("pulse_0")).isEqualTo("done");
        }
    }

    private static void restartWhenOneIsLive(TestDatabase database) {
        JdbcClient sql = JdbcClient.create(database.dataSource());
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(1))
                .until(() -> sql.sql("select exists (select from feedhub.flow_revision)")
                        .query(Boolean.class)
                        .single());
        database.goAway();
        Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        database.comeBack();
    }

    private static long live(RunningHub hub) {
        long live = 0;
        for (JsonNode flow : hub.get("/api/flows").path("items")) {
            live += flow.path("revision").asInt() == 1
                            && flow.path("state").asText().equals("running")
                    ? 1
                    : 0;
        }
        return live;
    }
}
