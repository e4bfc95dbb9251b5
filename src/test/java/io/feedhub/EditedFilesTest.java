package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as editors, copies and checkouts leave them; each test has a flow of its own. */
class EditedFilesTest {
    private static final String BEAN =
            """
            - beans:
                - name: %s
                  type: org.apache.camel.processor.aggregate.%sAggregationStrategy
            """;

    private static final String JOIN =
            """
                    - split:
                        simple: "${body}"
                        aggregationStrategy: joined
                        steps:
                          - log: { message: part }
            """;

    @TempDir
    private static Path folder;

    private static Path routes = Path.of("");
    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        routes = folder.resolve("routes");
        Operators.flows(1, routes);
        Files.createDirectories(folder.resolve("beans"));
        hub = new RunningHub(routes, Map.of("feedhub.beans", folder.resolve("beans")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void whatAnEditorChangesInTheLettersOfALineEndIsNoEdit() throws IOException {
        TickingFlow flow = flow("windows", 2);
        Files.writeString(flow.in(routes), "\uFEFF" + flow.text().replace("\n", "\r\n"));
        awaitLive(flow);
        save(flow, flow.text());
        save(flow("marker", 2), flow("marker", 2).text());
        awaitLive(flow("marker", 2));
        assertThat(revisions("windows")).isEqualTo(1);
    }

    @Test
    void aHugeFileIsRefusedAndWhatRanGoesOn() throws IOException {
        TickingFlow flow = flow("huge", 2);
        save(flow, flow.text());
        awaitLive(flow);
        Files.write(flow.in(routes), (flow.text() + "# ".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8));
        Awaitility.await().until(() -> get("huge").path("problems").toString().contains("larger than 100 kB"));
        assertThat(hub.run("huge")).isEqualTo("done");
        long size = Files.size(flow.in(routes));
        assertThat(hub.put("/api/flows/huge", "1", flow("huge", 4).text()).statusCode())
                .isEqualTo(200);
        assertThat(flow.in(routes)).as("nobody else has its text").hasSize(size);
    }

    @Test
    void anEditIsLiveThoughItsFolderCouldNotFollowAndFollowsLater() throws IOException {
        TickingFlow flow = flow("unfollowed", 2);
        save(flow, flow.text());
        awaitLive(flow);
        hub.database()
                .sql(
                        """
                create function full_disk() returns trigger language plpgsql as $$
                begin
                  raise exception 'disk full';
                end $$;
                create trigger full_disk before insert or update on feedhub.flow_copy
                for each row when (new.flow = 'unfollowed') execute function full_disk()""")
                .update();
        assertThat(hub.put("/api/flows/unfollowed", "1", flow("unfollowed", 4).text())
                        .statusCode())
                .isEqualTo(200);
        hub.database().sql("drop trigger full_disk on feedhub.flow_copy").update();
        Awaitility.await()
                .until(() -> hub.count("select max(revision) from feedhub.flow_copy where flow = 'unfollowed'") == 2);
        awaitLive(flow("unfollowed", 4));
    }

    @Test
    void aFileBehindALinkIsAFileAndTheFilesOfEditorsAreNone() throws IOException {
        TickingFlow flow = flow("linked", 2);
        Path elsewhere = folder.resolve("elsewhere.yaml");
        Files.writeString(elsewhere, flow.text());
        Files.createSymbolicLink(flow.in(routes), elsewhere);
        Files.writeString(flow.in(routes).resolveSibling(".linked.yaml.swp"), "no flow");
        Files.writeString(flow.in(routes).resolveSibling("linked.yaml~"), "no flow");
        Files.writeString(flow.in(routes).resolveSibling(".#linked.yaml"), "no flow");
        awaitLive(flow);
        Files.writeString(elsewhere, flow("linked", 3).text());
        awaitLive(flow("linked", 3));
        assertThat(hub.count("select count(*) from feedhub.flow_revision where file like '%.#%'"))
                .isZero();
    }

    @Test
    void aFlowThatMovesToAnotherDomainIsTheSameFlow() throws IOException {
        TickingFlow flow = flow("mover", 2);
        save(flow, flow.text());
        awaitLive(flow);
        TickingFlow moved = new TickingFlow("mover", "operations", 3);
        Files.createDirectories(moved.in(routes).getParent());
        Files.delete(flow.in(routes));
        save(moved, moved.text());
        awaitLive(moved);
        assertThat(get("mover").path("domain").asText()).isEqualTo("operations");
        assertThat(hub.post("/api/flows/mover/rollback?to=1")).isEqualTo(200);
        assertThat(flow.in(routes)).hasContent(flow.text());
        assertThat(moved.in(routes)).doesNotExist();
        assertThat(get("mover").path("domain").asText()).isEqualTo("infrastructure");
    }

    @Test
    void aChangedBeanExchangesTheFlowsThatNameItAndABrokenOneNone() throws IOException {
        Path beans = folder.resolve("beans/strategies.yaml");
        Files.writeString(beans, BEAN.formatted("joined", "GroupedBody"));
        awaitRevision("beans/strategies", "accepted", 1);
        TickingFlow flow = flow("joiner", 2);
        save(flow, flow.text() + JOIN);
        awaitLive(flow);
        Route before = route("joiner");
        Route other = route("beat_0000");
        Files.writeString(beans, BEAN.formatted("joined", "UseLatest"));
        awaitRevision("beans/strategies", "accepted", 2);
        Route after = route("joiner");
        assertThat(after).isNotSameAs(before);
        Files.writeString(beans, BEAN.formatted("renamed", "UseLatest"));
        awaitRevision("beans/strategies", "refused", 3);
        Files.writeString(beans, BEAN.formatted("joined", "NotAn"));
        awaitRevision("beans/strategies", "refused", 4);
        assertThat(route("joiner")).isSameAs(after);
        assertThat(route("beat_0000")).isSameAs(other);
        assertThat(hub.run("joiner")).isEqualTo("done");
    }

    @Test
    void aFlowThatCameBeforeTheBeanThatItNamesIsLookedAtAgain() throws IOException {
        TickingFlow flow = flow("early", 2);
        save(flow, flow.text() + JOIN.replace("joined", "late"));
        awaitRevision("early", "refused", 1);
        Files.writeString(folder.resolve("beans/late.yaml"), BEAN.formatted("late", "GroupedBody"));
        awaitLive(flow);
        assertThat(hub.run("early")).isEqualTo("done");
    }

    @Test
    void whatIsPlannedOfADeletedFlowIsSkippedAndNotPlannedForEver() throws IOException {
        TickingFlow flow = flow("doomed", 2);
        save(flow, flow.text());
        awaitLive(flow);
        Files.delete(flow.in(routes));
        awaitRevision("doomed", "deleted", 2);
        String planned =
                """
                insert into feedhub.occurrence (flow, scheduled_at, alone, outcome, started_at, due_at)
                values (?, now(), true, 'planned', null, now())""";
        hub.database().sql(planned).param("doomed").update();
        hub.database().sql(planned).param("never_there").update();
        Awaitility.await().untilAsserted(() -> assertThat(hub.database()
                        .sql("select outcome || ': ' || error from feedhub.occurrence where flow = 'doomed'")
                        .query(String.class)
                        .optional())
                .contains("skipped: the flow was deleted"));
        assertThat(hub.count(
                        "select count(*) from feedhub.occurrence where flow = 'never_there' and outcome = 'planned'"))
                .as("a flow that this hub has not yet")
                .isEqualTo(1);
    }

    private static TickingFlow flow(String id, int edition) {
        return new TickingFlow(id, "infrastructure", edition);
    }

    private static void save(TickingFlow flow, String text) throws IOException {
        Files.writeString(flow.in(routes), text);
    }

    private static JsonNode get(String flow) {
        return hub.get("/api/flows/" + flow);
    }

    private static long revisions(String flow) {
        return hub.count("select count(*) from feedhub.flow_revision where flow = '" + flow + "'");
    }

    private static Route route(String flow) {
        return hub.bean(CamelContext.class).getRoute(flow);
    }

    private static void awaitRevision(String key, String state, int number) {
        Awaitility.await(key)
                .until(() -> hub.count(
                                "select count(*) from feedhub.flow_revision where flow = '%s' and state = '%s' and revision = %d"
                                        .formatted(key, state, number))
                        == 1);
    }

    private static void awaitLive(TickingFlow flow) {
        Awaitility.await(flow.id())
                .until(() -> get(flow.id()).path("description").asText().equals("edition " + flow.edition()));
    }
}
