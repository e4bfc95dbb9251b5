package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.InflightRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a flow's terms and an operator's hand do to its runs. */
class RunsTest {
    @TempDir
    private static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        flow("by_hand", "direct:by_hand", "", "- setBody: { constant: hello }");
        flow(
                "intake",
                "direct:intake",
                "",
                """
                - to:
                    uri: sql
                    parameters: { query: "insert into article (title, tags) values (:#${body[title]}, :#${body[tags].size})" }
                """);
        flow("beat", "quartz:infrastructure/beat", "", "- setBody: { constant: hello }");
        flow(
                "sleeper",
                "quartz:infrastructure/sleeper",
                "timeLimit: 1s",
                """
                - to:
                    uri: sql
                    parameters: { query: "select pg_sleep(60)" }
                """);
        flow("elsewhere", "direct:elsewhere", "runsOn: attic", "- setBody: { constant: hello }");
        flow(
                "endless",
                "direct:endless",
                "",
                """
                - setBody: { constant: "{}" }
                - setBody: { jq: "def f: 1 + f; f" }
                """);
        flow("misspelt", "direct:misspelt", "catchup: all", "- setBody: { constant: hello }");
        hub = new RunningHub(folder.resolve("routes"), Map.of("camel.main.shutdown-timeout", 1)); // not for the sleeper
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** Else the server would hold the run's row for a statement that the hub has given up, and its end could not be written. */
    @Test
    void theServerEndsAStatementBeforeItsAnswerIsWaitedForNoLonger() {
        long server = Duration.ofMillis(hub.bean(JdbcClient.class)
                        .sql("select setting from pg_settings where name = 'statement_timeout'")
                        .query(Long.class)
                        .single())
                .toSeconds();
        long client = hub.bean(Environment.class)
                .getRequiredProperty("spring.datasource.hikari.data-source-properties.socketTimeout", Long.class);
        assertThat(server).isBetween(1L, client - 1);
    }

    @Test
    void aFlowWithoutAScheduleRunsNowAndItsStepsAreRecorded() {
        assertThat(hub.run("by_hand")).isEqualTo("done");
        JsonNode run = hub.get("/api/runs?flow=by_hand").at("/items/0");
        assertThat(run.path("origin").asText()).isEqualTo("manual");
        assertThat(run.at("/steps/0/id").asText()).startsWith("by_hand-");
        assertThat(run.at("/steps/0/what").asText()).startsWith("setBody");
        assertThat(run.at("/steps/0/times").asInt()).isEqualTo(1);
    }

    @Test
    void aRunIsGivenWhatTheCallBrought() {
        hub.database().sql("create table article (title text, tags integer)").update();
        hub.send("POST", "/api/flows/intake/run", "{\"title\": \"Über 🦊\", \"tags\": [1, 2]}");
        Awaitility.await()
                .until(() -> hub.count("select count(*) from article where title = 'Über 🦊' and tags = 2") == 1);

        HttpResponse<String> refused = hub.send("POST", "/api/flows/intake/run", "{title: 1}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("the body is not JSON: Unexpected character")
                .contains("application/json");
        assertThat(hub.send("POST", "/api/flows/intake/run", "\"\\u0000\"").statusCode())
                .isEqualTo(400);
        assertThat(hub.count("select count(*) from feedhub.occurrence where flow = 'intake'"))
                .isEqualTo(1);
    }

    @Test
    void aRunPastItsTimeLimitFailsLongBeforeItsStepReturns() {
        long begun = System.nanoTime();
        assertThat(hub.run("sleeper")).isEqualTo("failed");
        assertThat(System.nanoTime() - begun).isLessThan(40_000_000_000L);
        assertThat(hub.get("/api/runs?flow=sleeper").at("/items/0/error").asText())
                .isEqualTo("longer than its time limit of 1s");
    }

    @Test
    void aStepThatRecursesWithoutEndFailsItsRunAndLeavesNothingInFlight() {
        assertThat(hub.run("endless")).isEqualTo("failed");
        assertThat(hub.get("/api/runs?flow=endless").at("/items/0/error").asText())
                .isEqualTo("StackOverflowError");
        InflightRepository inflight = hub.bean(CamelContext.class).getInflightRepository();
        assertThat(inflight.size("endless")).isZero();
        assertThat(inflight.browse()).noneMatch(run -> "endless".equals(run.getFromRouteId()));
    }

    @Test
    void aPauseIsInTheDatabaseAndRunNowPassesIt() {
        Awaitility.await().until(() -> hub.post("/api/flows/beat/pause") == 204);
        Awaitility.await().until(() -> state("beat").equals("paused"));
        assertThat(hub.count("select count(*) from feedhub.schedule where flow = 'beat' and paused"))
                .isEqualTo(1);
        assertThat(hub.run("beat")).isEqualTo("done");
        hub.post("/api/flows/beat/resume");
        Awaitility.await().until(() -> state("beat").equals("running"));
    }

    @Test
    void aFlowOfAnotherNodesLabelWaitsForThatNode() {
        assertThat(hub.post("/api/flows/elsewhere/run")).isEqualTo(202);
        assertThat(hub.run("by_hand")).isEqualTo("done"); // asked for later, and run
        assertThat(hub.count(
                        "select count(*) from feedhub.occurrence where flow = 'elsewhere' and outcome = 'planned'"))
                .isEqualTo(1);
    }

    @Test
    void aMisspeltTermRefusesTheFlow() {
        assertThat(hub.get("/api/flows/misspelt").toString()).contains("catchup");
        assertThat(state("misspelt")).isEqualTo("refused");
    }

    @Test
    void thisNodeIsListedWithItsHeartbeat() {
        JsonNode node = hub.get("/api/nodes").at("/items/0");
        assertThat(node.path("state").asText()).isEqualTo("up");
        Awaitility.await()
                .until(() ->
                        hub.get("/api/nodes").at("/items/0/revisions").asText().length() == 8);
    }

    private static String state(String flow) {
        return hub.get("/api/flows/" + flow).path("state").asText();
    }

    private static void flow(String id, String from, String term, String steps) throws IOException {
        String property = term.isEmpty()
                ? ""
                : "    routeProperty: [{ key: %s, value: %s }]\n".formatted((Object[]) term.split(": "));
        String cron = from.startsWith("quartz") ? "      parameters: { cron: \"0 0 0 1 1 ?\" }\n" : "";
        Path file = folder.resolve("routes/infrastructure/" + id + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: infrastructure
                    description: A flow of this test
                    note: |-
                      when   now and then
                      reads  nothing
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  as told
                """
                                .formatted(id)
                        + property + "    from:\n      uri: " + from + "\n" + cron + "      steps:\n"
                        + steps.indent(8));
    }
}
