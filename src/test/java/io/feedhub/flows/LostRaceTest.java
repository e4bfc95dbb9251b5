package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of which one is faster, and the file of the other; each test has a flow of its own. */
class LostRaceTest {
    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @TempDir
    private static Path folder;

    private static RunningHub hub;
    private static RunningHub peer;

    @BeforeAll
    static void start() {
        for (String machine : List.of("here", "there")) {
            save(machine, "slow", slow("as it was"));
            save(machine, "told", text("told", "as it was"));
        }
        hub = hub("here");
        peer = hub("there");
    }

    @AfterAll
    static void stop() {
        hub.close();
        peer.close();
    }

    @Test
    void theSameNewFileOnBothRunsOnceOnEachAndIsEditedFromThen() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table feedhub.flow_revision in share mode");
            save("here", "twin", text("twin", "the same"));
            save("there", "twin", text("twin", "the same"));
            for (RunningHub each : List.of(hub, peer)) {
                Awaitility.await("it runs and waits for its number")
                        .until(() -> each.bean(CamelContext.class).getRoute("twin") != null);
            }
            connection.commit();
        }
        awaitBoth("twin", "the same");
        save("here", "twin", text("twin", "edited here"));
        awaitBoth("twin", "edited here");
        save("there", "twin", text("twin", "edited there"));
        awaitBoth("twin", "edited there");
        for (RunningHub each : List.of(hub, peer)) {
            assertThat(each.bean(CamelContext.class).getRoutes())
                    .filteredOn(route -> route.getRouteId().equals("twin"))
                    .hasSize(1);
        }
    }

    @Test
    void whoLosesDuringASwapIsToldOnceAndItsNextSaveIsTheMerge() {
        assertThat(hub.post("/api/flows/slow/run")).isEqualTo(202);
        Awaitility.await().until(() -> hub.count("select count(*) from feedhub.occurrence where flow = 'slow'") == 1);
        Route route = hub.bean(CamelContext.class).getRoute("slow");
        save("here", "slow", slow("of the operator"));
        Awaitility.await("the swap waits for the run").until(() -> ServiceHelper.isSuspended(route.getConsumer()));
        assertThat(peer.put("/api/flows/slow", "1", slow("of the peer")).statusCode())
                .isEqualTo(200);
        Awaitility.await().until(() -> conflicts("slow") == 1);
        Awaitility.await().until(() -> description(hub, "slow").equals("of the peer"));
        save("here", "slow", slow("the merge of both"));
        awaitBoth("slow", "the merge of both");
        assertThat(conflicts("slow")).isEqualTo(1);
    }

    @Test
    void whatIsToldDoesNotGoLiveByItselfWhateverElseIsRefused() {
        assertThat(peer.put("/api/flows/told", "1", text("told", "of the peer")).statusCode())
                .isEqualTo(200);
        awaitBoth("told", "of the peer");
        String mine = text("told", "of the operator");
        assertThat(peer.put("/api/flows/told", "1", mine).statusCode()).isEqualTo(409);
        Reconciler reconciler = hub.bean(Reconciler.class);
        hub.bean(FlowLocks.class).take("told", () -> {
            save("here", "told", mine); // as if this node had slept while the other revision went live
            hub.database()
                    .sql("update feedhub.flow_copy set revision = 1 where flow = 'told' and node = 'here'")
                    .update();
            reconciler.reconcile("told", true);
        });
        assertThat(conflicts("told")).isEqualTo(1);
        hub.bean(FlowLocks.class).take("told", () -> {
            remove("here", "told"); // as if the folder were mounted a moment after the hub's start
            reconciler.reconcile("told", false);
            save("here", "told", mine);
            reconciler.reconcile("told", true);
        });
        assertThat(description(peer, "told")).isEqualTo("of the peer");
        assertThat(peer.put("/api/flows/told", "2", "- route: {}\n").statusCode())
                .isEqualTo(422);
        reconciler.reconcile("told", true);
        assertThat(description(peer, "told")).isEqualTo("of the peer");
        assertThat(conflicts("told")).isEqualTo(1);
    }

    private static long conflicts(String flow) {
        return hub.count(
                "select count(*) from feedhub.flow_revision where state = 'conflict' and origin = 'file' and node = 'here' and flow = '%s'"
                        .formatted(flow));
    }

    private static String description(RunningHub each, String flow) {
        return each.get("/api/flows/" + flow).path("description").asText();
    }

    private static RunningHub hub(String machine) {
        return new RunningHub(
                folder.resolve(machine + "/routes"),
                Map.of("feedhub.node.name", machine, "feedhub.beans", folder.resolve(machine + "/beans")),
                DATABASE);
    }

    private static void awaitBoth(String flow, String description) {
        for (RunningHub each : List.of(hub, peer)) {
            Awaitility.await(description).untilAsserted(() -> {
                assertThat(description(each, flow)).isEqualTo(description);
                assertThat(each.get("/api/flows/" + flow).path("problems")).isEmpty();
            });
        }
    }

    private static void save(String machine, String flow, String text) {
        try {
            Path domain = Files.createDirectories(folder.resolve(machine + "/routes/operations"));
            Files.writeString(domain.resolve(flow + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(String machine, String flow) {
        try {
            Files.delete(folder.resolve(machine + "/routes/operations/" + flow + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String slow(String description) {
        return text("slow", description, "delay: { constant: \"3000\" }");
    }

    private static String text(String flow, String description) {
        return text(flow, description, "setBody: { constant: nothing }");
    }

    private static String text(String flow, String description, String step) {
        return """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: operations
                    description: %2$s
                    note: |-
                      when   every hour
                      reads  nothing
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  never
                    from:
                      uri: quartz:operations/%1$s
                      parameters: { cron: "0 0 * * * ?" }
                      steps:
                        - %3$s
                """
                .formatted(flow, description, step);
    }
}
