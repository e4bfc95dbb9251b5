package io.feedhub.console.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthIndicator;

/** What a supervisor reads from the status code alone. */
class HealthTest {
    private static RunningHub hub;

    @BeforeAll
    static void start(@TempDir Path routes) throws IOException {
        Path flow = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
        Files.copy(
                flow, Files.createDirectories(routes.resolve("infrastructure")).resolve(flow.getFileName()));
        hub = new RunningHub(routes, Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aHubThatIsWellAnswers200() {
        assertThat(answer()).isEqualTo("200 {\"status\":\"UP\"}");
    }

    @Test
    void aComponentThatIsDownOrOutOfServiceAnswers503() {
        assertThat(answerWith(Health.down().build())).isEqualTo("503 {\"status\":\"DOWN\"}");
        assertThat(answerWith(Health.outOfService().build())).isEqualTo("503 {\"status\":\"OUT_OF_SERVICE\"}");
    }

    @Test
    void whatIsOnlyDegradedAnswers200() {
        assertThat(answerWith(Health.status("DEGRADED").build())).isEqualTo("200 {\"status\":\"DEGRADED\"}");
    }

    @Test
    void oneThatIsDownCountsMoreThanOneThatIsDegraded() {
        hub.bean(HealthContributorRegistry.class).registerContributor("flow", (HealthIndicator)
                () -> Health.status("DEGRADED").build());
        try {
            assertThat(answerWith(Health.down().build())).startsWith("503 ");
        } finally {
            hub.bean(HealthContributorRegistry.class).unregisterContributor("flow");
        }
    }

    @Test
    void aFlowThatSomebodyPausedIsNoTrouble() {
        assertThat(hub.post("/api/flows/heartbeat_pulse/pause")).isEqualTo(204);
        try {
            assertThat(answer()).isEqualTo("200 {\"status\":\"UP\"}");
        } finally {
            assertThat(hub.post("/api/flows/heartbeat_pulse/resume")).isEqualTo(204);
        }
    }

    @Test
    void aFlowWhoseRunFailedDegradesTheHub() {
        hub.database()
                .sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, origin, outcome, node, error)
                values ('heartbeat_pulse', now(), 'manual', 'failed', 'a', 'gone')""")
                .update();
        Awaitility.await().until(HealthTest::answer, "200 {\"status\":\"DEGRADED\"}"::equals);
        hub.database().sql("delete from feedhub.occurrence").update();
        Awaitility.await().until(HealthTest::answer, "200 {\"status\":\"UP\"}"::equals);
    }

    @Test
    void aParkedChannelDegradesTheHubAsLongAsItIsConfigured() {
        park("no_more");
        Awaitility.await()
                .during(Duration.ofMillis(1_500))
                .until(HealthTest::answer, "200 {\"status\":\"UP\"}"::equals);
        park("infra");
        Awaitility.await().until(HealthTest::answer, "200 {\"status\":\"DEGRADED\"}"::equals);
        hub.database()
                .sql("delete from feedhub.channel where parked_at is not null")
                .update();
        Awaitility.await().until(HealthTest::answer, "200 {\"status\":\"UP\"}"::equals);
    }

    @Test
    void manyQuestionsWithinASecondAreAskedOnce() {
        AtomicInteger asked = new AtomicInteger();
        Degraded degraded = new Degraded() {
            @Override
            Map<String, Health> troubled() {
                asked.incrementAndGet();
                return Map.of();
            }
        };
        for (int i = 0; i < 100; i++) {
            assertThat(degraded.iterator()).isExhausted();
        }
        assertThat(asked).hasValue(1);
    }

    private static void park(String channel) {
        hub.database()
                .sql(
                        """
                insert into feedhub.channel (name, parked_at, parked_reason) values (?, now(), 'gone')
                on conflict (name) do update set parked_at = now()""")
                .param(channel)
                .update();
    }

    private static String answerWith(Health health) {
        HealthContributorRegistry components = hub.bean(HealthContributorRegistry.class);
        components.registerContributor("component", (HealthIndicator) () -> health);
        try {
            return answer();
        } finally {
            components.unregisterContributor("component");
        }
    }

    private static String answer() {
        var answer = hub.send("GET", "/observe/health", false);
        return answer.statusCode() + " " + answer.body();
    }
}
