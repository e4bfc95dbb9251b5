package io.feedhub.console.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.console.Caller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written on the desk's pages, without a browser. */
class DeskPagesTest {
    private static final String FLOW = "heartbeat_pulse";
    private static final String LATE = "fails  NUMU down: tries again at the next beat";
    private static final Pattern TAB = Pattern.compile("<a href=\"(/[^\"]*)\"[^>]*>([a-z-]+)</a>");

    @TempDir
    private static Path routes;

    private static RunningHub hub;
    private static Caller admin;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createDirectories(routes.resolve("infrastructure"));
        for (String name : new String[] {FLOW + ".yaml", "infra_watchdog.yaml"}) {
            Files.copy(Path.of("routes/infrastructure", name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("never_good.yaml"), "- route:\n    id: never_good\n");
        hub = new RunningHub(routes, Map.of());
        admin = Caller.basic(hub, "admin", "secret").with("Accept", "text/html");
        hub.database()
                .sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, origin, outcome, node, started_at, error)
                values ('heartbeat_pulse', now() - interval '2 hours', 'manual', 'done', 'a', now(), null),
                    ('heartbeat_pulse', now() - interval '1 hour', 'manual', 'failed', 'a', now(), 'gone'),
                    ('heartbeat_pulse', now() - interval '1 minute', 'schedule', 'skipped', null, null, null)""")
                .update();
        hub.database()
                .sql(
                        """
                insert into feedhub.outgoing (flow, channel, payload, size, state)
                values ('heartbeat_pulse', 'infra', '{}', 0, 'unknown'), ('feedhub', 'infra', '{}', 0, 'given-up')""")
                .update();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** What was skipped since says nothing of it. */
    @Test
    void aFlowWhoseLastRunFailedIsFailingWhereverOneLooks() {
        assertThat(hub.get("/api/flows/" + FLOW).at("/lastRun/outcome").asText())
                .isEqualTo("failed");
        assertThat(hub.get("/api/flows").path("items"))
                .filteredOn(flow -> flow.path("id").asText().equals(FLOW))
                .extracting(flow -> flow.at("/lastRun/outcome").asText())
                .containsExactly("failed");
        assertThat(page("/", 200)).contains("<dt>last run failed</dt><dd>1</dd>");
    }

    @Test
    void everyTabLeadsToItsList() {
        assertThat(rows("/runs", "done", "failed")).containsExactly(1, 1);
        assertThat(rows("/runs", "all")[0]).isGreaterThanOrEqualTo(2);
        assertThat(rows("/deliveries", "unknown", "given-up")).containsExactly(1, 1);
        assertThat(rows("/deliveries", "all")[0]).isGreaterThanOrEqualTo(2);
        assertThat(page("/runs?flow=", 200)).doesNotContain("<span class=\"tag\"></span>");
    }

    @Test
    void aParameterOfTheApiThatIsEmptyFiltersNothing() {
        assertThat(hub.get("/api/runs?flow=&outcome=").path("items")).isNotEmpty();
        assertThat(hub.get("/api/deliveries?state=&channel=").path("items")).isNotEmpty();
    }

    @Test
    void aRevisionThatIsTooLargeIsNotCompared() {
        String large = "# " + "x".repeat(150_000) + "\n";
        assertThat(hub.put("/api/flows/" + FLOW, "1", large).statusCode()).isEqualTo(422);
        int number = hub.get("/api/flows/" + FLOW + "/revisions")
                .at("/items/0/number")
                .asInt();
        assertThat(page("/flows/" + FLOW + "/revisions/" + number, 200)).contains("too large to compare");
        assertThat(hub.get("/api/flows/" + FLOW + "/revisions/" + number + "/diff?from=1")
                        .path("diff")
                        .asText())
                .contains("too large to compare")
                .hasSizeLessThan(200);
    }

    @Test
    void whatWouldBeSavedAsItIsIsNoChange() throws IOException {
        String same = "\uFEFF"
                + Files.readString(Path.of("routes/infrastructure/infra_watchdog.yaml"))
                        .replace("\n", "\r\n");
        assertThat(admin.form("/flows/infra_watchdog/review", Map.of("yaml", same))
                        .body())
                .contains("Nothing: this is what runs.");
    }

    @Test
    void aMessageOfTheHubItselfLeadsToNoFlow() {
        assertThat(page("/deliveries", 200))
                .contains("href=\"/flows/" + FLOW + "\"")
                .contains("feedhub</")
                .doesNotContain("/flows/feedhub");
    }

    @Test
    void oneRefusedEditIsOne() {
        assertThat(page("/", 200)).contains("<dt>refused edit</dt><dd>1</dd>");
    }

    @Test
    void anAddressWithAWordForANumberLeadsToThePageThatSaysSo() {
        for (String path : new String[] {"/runs/abc", "/runs?before=abc", "/flows/" + FLOW + "/revisions/abc"}) {
            assertThat(page(path, 400)).contains("<h1>Not here</h1>").contains("abc is no number");
        }
    }

    @Test
    void whatAFlowsFileSaysForWhoeverIsCalledAtNightIsOnItsPageAndOnThatOfAFailedRun() {
        assertThat(page("/flows/" + FLOW, 200)).contains("keeps  misses").contains(LATE);
        assertThat(page("/runs/" + run("failed"), 200)).contains(LATE).doesNotContain("keeps  misses");
        assertThat(page("/runs/" + run("done"), 200)).doesNotContain(LATE);
    }

    @Test
    void aFlowThatWasDeletedHasAPageFromWhichItComesBack() {
        String flow = "/flows/infra_watchdog";
        int live = hub.get("/api" + flow).path("revision").asInt();
        assertThat(hub.delete("/api" + flow, Integer.toString(live)).statusCode())
                .isEqualTo(204);
        assertThat(page(flow, 200)).contains("Deleted").contains("by admin").contains("id=\"rollback-" + live + "\"");
        assertThat(hub.post("/api" + flow + "/rollback?to=" + live)).isEqualTo(200);
        assertThat(page(flow, 200)).doesNotContain("Deleted").contains(">running</span>");
        assertThat(page("/flows/never_was", 404)).contains("There is no flow never_was.");
    }

    @Test
    void aPausedFlowCanBeRun() {
        assertThat(hub.post("/api/flows/infra_watchdog/pause")).isEqualTo(204);
        assertThat(page("/flows/infra_watchdog", 200))
                .contains("id=\"run-infra_watchdog\"")
                .doesNotContain("disabled");
        assertThat(hub.run("infra_watchdog")).isEqualTo("done");
        assertThat(hub.post("/api/flows/infra_watchdog/resume")).isEqualTo(204);
        hub.database()
                .sql("delete from feedhub.occurrence where flow = 'infra_watchdog'")
                .update();
        hub.awaitDeliveries();
    }

    /** How many rows each of these tabs leads to. */
    private static int[] rows(String list, String... words) {
        Map<String, String> tabs = new LinkedHashMap<>();
        Matcher tab = TAB.matcher(page(list, 200).replaceFirst("(?s).*<nav class=\"tabs\"", ""));
        while (tab.find()) {
            tabs.put(tab.group(2), tab.group(1).replace("&amp;", "&"));
        }
        int[] rows = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            rows[i] = page(tabs.getOrDefault(words[i], "no tab"), 200).split("class=\"outcome", -1).length - 1;
        }
        return rows;
    }

    private static long run(String outcome) {
        return hub.get("/api/runs?flow=" + FLOW + "&outcome=" + outcome)
                .at("/items/0/id")
                .asLong();
    }

    private static String page(String path, int status) {
        HttpResponse<String> answer = admin.send("GET", path, null);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
        return answer.body();
    }
}
