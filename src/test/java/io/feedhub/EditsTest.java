package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.flows.Flows;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.support.EventNotifierSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Files that change while the hub runs, with the database and the folder there or not; each test has a flow of its own. */
class EditsTest {
    private static final Path FLOW = Path.of("routes/infrastructure/heartbeat_pulse.yaml");

    @TempDir
    private static Path folder;

    private static Wire wire;
    private static String good = "";
    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        good = Files.readString(FLOW);
        save("heartbeat_pulse", good);
        TestDatabase database = TestDatabase.create();
        int port = URI.create(database.url().substring("jdbc:".length())).getPort();
        wire = new Wire(port);
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of(
                        "feedhub.beans",
                        folder.resolve("beans"),
                        "feedhub.database.url",
                        database.url().replace(":" + port, ":" + wire.port()),
                        "spring.datasource.hikari.connection-timeout",
                        1_000,
                        "spring.datasource.hikari.validation-timeout",
                        500),
                database);
    }

    @AfterAll
    static void stop() {
        hub.close();
        wire.close();
    }

    @Test
    void aSavedFileIsLive() throws IOException {
        String text = live("saved");
        save("saved", text.replaceFirst("description: .*", "description: Another"));
        awaitRevision("saved", 2);
        assertThat(flow("saved").path("description").asText()).isEqualTo("Another");
        assertThat(hub.run("saved")).isEqualTo("done");
    }

    @Test
    void aFlowThatIsBeingExchangedIsNotShownAsPaused() throws IOException {
        String text = live("exchanged");
        Set<String> states = ConcurrentHashMap.newKeySet();
        EventNotifierSupport onStop = new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.RouteStoppedEvent stopped
                        && stopped.getRoute().getRouteId().equals("exchanged")) {
                    hub.bean(Flows.class)
                            .find("exchanged")
                            .ifPresent(flow -> states.add(flow.state().word()));
                }
            }
        };
        ManagementStrategy management = hub.bean(CamelContext.class).getManagementStrategy();
        onStop.start();
        management.addEventNotifier(onStop);
        save("exchanged", text.replaceFirst("description: .*", "description: Another"));
        awaitRevision("exchanged", 2);
        management.removeEventNotifier(onStop);
        assertThat(states).containsExactly("running");
    }

    @Test
    void aRefusedEditLeavesTheOldOneRunningAndSaysWhy() throws IOException {
        String text = live("refused");
        save("refused", text.replace("channel: infra,", "channel: infre,"));
        awaitProblem("refused", "unknown channel infre");
        assertThat(flow("refused").path("state").asText()).isEqualTo("running");
        assertThat(flow("refused").path("revision").asInt()).isEqualTo(1);
        assertThat(hub.run("refused")).isEqualTo("done");
        assertThat(hub.count("select count(*) from feedhub.flow_revision where state = 'refused' and flow = 'refused'"))
                .isEqualTo(1);
        save("refused", text);
        Awaitility.await().until(() -> flow("refused").path("problems").isEmpty());
    }

    @Test
    void whatOnlyCamelKnowsShowsBeforeTheOldRouteIsTouched() throws IOException {
        String text = live("rehearsed");
        save("rehearsed", text.replace("ref: one-transaction", "ref: one-transactoin"));
        awaitProblem("rehearsed", "one-transactoin");
        assertThat(hub.run("rehearsed")).isEqualTo("done");
    }

    @Test
    void aDeletedFileStopsItsFlowAndItsReturnStartsIt() throws IOException {
        String text = live("returning");
        Files.delete(file("returning"));
        Awaitility.await()
                .until(() -> hub.send("GET", "/api/flows/returning", true).statusCode() == 404);
        assertThat(hub.count(
                        "select count(*) from feedhub.flow_revision where state = 'deleted' and flow = 'returning'"))
                .isEqualTo(1);
        save("returning", text);
        awaitRevision("returning", 3);
        assertThat(hub.run("returning")).isEqualTo("done");
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
    }

    @Test
    void anEditSavedWhileTheDatabaseIsAwayIsLiveWhenItIsBackAndSoIsOneMadeElsewhere() throws IOException {
        String text = live("patient");
        FlowFile elsewhere =
                new FlowFile("", live("distant").replaceFirst("description: .*", "description: Elsewhere"));
        wire.cut();
        try {
            save("patient", text.replaceFirst("description: .*", "description: Saved meanwhile"));
            rest(2_500); // longer than the hub waits for a connection
            hub.database()
                    .sql(
                            """
                    insert into feedhub.flow_revision (flow, revision, file, state, content, sha256, author, origin, node, base)
                    select flow, 2, file, state, ?, ?, author, origin, 'another', 1
                    from feedhub.flow_revision where flow = 'distant' and revision = 1""")
                    .params(elsewhere.text(), elsewhere.sha256())
                    .update();
        } finally {
            wire.mend();
        }
        awaitRevision("patient", 2);
        awaitRevision("distant", 2);
        assertThat(flow("patient").path("description").asText()).isEqualTo("Saved meanwhile");
        Awaitility.await().untilAsserted(() -> assertThat(file("distant")).hasContent(elsewhere.text()));
    }

    /** The routes are exchanged before the record is written, which may fail, as when the database restarts in between. */
    @Test
    void whatCouldNotBeRecordedDoesNotRunOn() throws IOException {
        CamelContext camel = hub.bean(CamelContext.class);
        String text = live("unrecorded");
        String another = text.replaceFirst("description: .*", "description: Another");
        refuseRecords();
        assertThat(hub.put("/api/flows/unrecorded", "1", another).statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(hub.put("/api/flows/unrecorded_new", "0", text.replace("unrecorded", "unrecorded_new"))
                        .statusCode())
                .isGreaterThanOrEqualTo(500);
        Awaitility.await()
                .until(() -> camel.getRoute("unrecorded") != null
                        && !"Another".equals(camel.getRoute("unrecorded").getDescription()));
        Awaitility.await().until(() -> camel.getRoute("unrecorded_new") == null);
        assertThat(hub.delete("/api/flows/unrecorded", "1").statusCode()).isGreaterThanOrEqualTo(500);
        Awaitility.await().until(() -> camel.getRoute("unrecorded") != null);
        hub.database().sql("drop trigger full_disk on feedhub.flow_revision").update();
        assertThat(flow("unrecorded").path("revision").asInt()).isEqualTo(1);
        assertThat(hub.run("unrecorded")).isEqualTo("done");
    }

    private static void refuseRecords() {
        hub.database()
                .sql(
                        """
                create function full_disk() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
                create trigger full_disk before insert on feedhub.flow_revision
                for each row when (new.flow like 'unrecorded%') execute function full_disk()""")
                .update();
    }

    @Test
    void aFolderThatIsAwayIsNoEditAndFollowsWhenItIsBack() throws IOException {
        String text = live("steady");
        Path copy = folder.resolve("copy");
        FileSystemUtils.copyRecursively(folder.resolve("routes"), copy);
        FileSystemUtils.deleteRecursively(folder.resolve("routes"));
        rest(1_000);
        String newer = text.replaceFirst("description: .*", "description: Over the API");
        assertThat(hub.put("/api/flows/steady", "1", newer).statusCode()).isEqualTo(200);
        assertThat(hub.put("/api/flows/brought", "0", text.replace("steady", "brought"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(file("steady")).as("what is away is not made anew").doesNotExist();
        assertThat(hub.run("heartbeat_pulse")).isEqualTo("done");
        Files.move(copy, folder.resolve("routes"));
        Awaitility.await().untilAsserted(() -> assertThat(file("steady")).hasContent(newer));
        Awaitility.await("what came meanwhile has its file too")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(file("brought")));
        assertThat(
                        hub.count(
                                "select count(*) from feedhub.flow_revision where state = 'deleted' and flow in ('steady', 'heartbeat_pulse')"))
                .isZero();
        save("steady", text);
        awaitRevision("steady", 3);
    }

    private static String live(String flow) throws IOException {
        String text = good.replace("heartbeat_pulse", flow);
        save(flow, text);
        awaitRevision(flow, 1);
        return text;
    }

    private static Path file(String flow) {
        return folder.resolve(FLOW).resolveSibling(flow + ".yaml");
    }

    private static void save(String flow, String text) throws IOException {
        Files.createDirectories(file(flow).getParent());
        Files.writeString(file(flow), text);
    }

    private static JsonNode flow(String flow) {
        return hub.get("/api/flows/" + flow);
    }

    private static void awaitRevision(String flow, int number) {
        Awaitility.await(flow).until(() -> flow(flow).path("revision").asInt() == number);
    }

    private static void awaitProblem(String flow, String reason) {
        Awaitility.await(flow)
                .until(() -> flow(flow).path("problems").toString().contains(reason));
    }

    private static void rest(int millis) {
        Awaitility.await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }
}
