package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.RunningHub;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub says of a flow that fails: messages, metrics, and what monitoring/ makes of these. */
class SomebodyIsToldTest {
    private static final Path MONITORING = Path.of("monitoring");

    @TempDir
    private static Path routes;

    private static RunningHub hub;

    @BeforeAll
    static void aFlowThatWorksOnlyWhileItsDivisorIsNotZero() throws IOException {
        Path folder = Files.createDirectories(routes.resolve("operations"));
        Files.writeString(
                folder.resolve("divider.yaml"),
                """
                - route:
                    id: divider
                    nodePrefixId: divider-
                    group: operations
                    description: Divides by what a table says
                    note: |-
                      when   every hour
                      reads  divisor
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  when it is zero
                    from:
                      uri: quartz:operations/divider
                      parameters: { cron: "0 0 * * * ?" }
                      steps:
                        - to:
                            uri: sql
                            parameters: { query: "select 1 / divisor from divisors" }
                        - split:
                            simple: "${body}"
                            steps:
                              - to:
                                  uri: kamelet:discord-sink/divider-post
                                  parameters: { channel: infra, title: It can be divided }
                """);
        hub = new RunningHub(routes, Map.of());
        hub.database().sql("create table divisors as select 0 as divisor").update();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void oneMessageWhenAFlowFailsAgainAndAgainAndOneWhenItIsOver() {
        runDividingBy(1, "done");
        hub.database().sql("delete from feedhub.outgoing").update();
        for (int time = 1; time <= 5; time++) {
            runDividingBy(0, "failed");
            awaitAlerts(time < 3 ? 0 : 1);
        }
        assertThat(alerts().get(0))
                .contains("divider is in trouble", "failed 3 times in a row: ERROR: division by zero");
        runDividingBy(1, "done");
        runDividingBy(1, "done");
        awaitAlerts(2);
        assertThat(alerts().get(1)).contains("divider is well again");
    }

    private static void awaitAlerts(int number) {
        Awaitility.await().untilAsserted(() -> assertThat(alerts()).hasSize(number));
    }

    private static void runDividingBy(int divisor, String outcome) {
        hub.database().sql("update divisors set divisor = ?").param(divisor).update();
        assertThat(hub.run("divider")).isEqualTo(outcome);
        hub.bean(Troubles.class).judge();
    }

    @Test
    void aRunSaysWhichRevisionItRan() {
        hub.run("divider");
        assertThat(hub.get("/api/runs?flow=divider").at("/items/0/revision").asInt())
                .isEqualTo(hub.get("/api/flows/divider").at("/revision").asInt())
                .isPositive();
    }

    @Test
    void theQueriesOfTheDashboardAndTheRulesNameMetricsAndLabelsThatTheHubHas() throws IOException {
        runDividingBy(1, "done");
        hub.awaitDeliveries();
        Set<String> names = new HashSet<>(Set.of("up"));
        Set<String> labels = new HashSet<>(Set.of("job", "instance", "le"));
        hub.send("GET", "/observe/metrics", true)
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    names.add(line.split("[{ ]", 2)[0]);
                    all("[{,](\\w+)=", line).forEach(labels::add);
                });
        List<String> queries = queries();
        assertThat(queries)
                .hasSizeGreaterThan(15)
                .contains("feedhub_node_skew_seconds")
                .anyMatch(query -> query.contains("feedhub_edits_refused"));
        for (String query : queries) {
            assertThat(all("\\b(feedhub_\\w+|up)\\b", query))
                    .as(query)
                    .isNotEmpty()
                    .allMatch(names::contains);
            assertThat(Stream.concat(
                            all("[{,]\\s*(\\w+)\\s*[=!]", query).stream(),
                            all("by \\(([^)]*)\\)", query).stream().flatMap(each -> Stream.of(each.split(", ")))))
                    .as(query)
                    .allMatch(labels::contains);
        }
    }

    @Test
    void prometheusReadsTheScrapeJobAndTheRules() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "promtool is not installed");
        promtool("check", "rules", "rules.yaml");
        promtool("check", "config", "--syntax-only", "prometheus.yaml");
        promtool("test", "rules", "rules.test.yaml");
    }

    @Test
    void theTokenOfTheScrapeJobComesFromComposeAndTheGuideNamesIt() throws IOException {
        String compose = Files.readString(Path.of("compose.yaml"));
        List<String> secrets =
                all("authorization: .*/run/secrets/(\\w+)", Files.readString(MONITORING.resolve("prometheus.yaml")));
        assertThat(secrets).singleElement().satisfies(secret -> {
            assertThat(compose).contains("secrets: [" + secret + "]");
            assertThat(all(secret + ":\\s+environment: (\\w+)", compose))
                    .singleElement()
                    .satisfies(variable -> assertThat(Files.readString(Path.of("docs/operating.md")))
                            .contains(variable + "="));
        });
        assertThat(compose).contains("./application.yaml:/feedhub/application.yaml:ro"); // the token's hash is there
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process check = new ProcessBuilder(command)
                .directory(MONITORING.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>(all("expr: (.+)", Files.readString(MONITORING.resolve("rules.yaml"))));
        for (JsonNode query : new ObjectMapper()
                .readTree(MONITORING.resolve("dashboard.json").toFile())
                .findValues("expr")) {
            queries.add(query.asText());
        }
        return queries;
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<String> alerts() {
        return hub.database()
                .sql("select payload::text from feedhub.outgoing where channel = 'alerts' order by id")
                .query(String.class)
                .list();
    }
}
