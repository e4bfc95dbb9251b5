package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written in pieces, or again and again; each test has a flow of its own. */
class HalfWrittenFilesTest {
    private static final String OTHER =
            """
            - beans:
                - name: other
                  type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
            """;

    @TempDir
    private static Path folder;

    private static Path routes = Path.of("");
    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        routes = folder.resolve("routes");
        Operators.flows(1, routes);
        hub = new RunningHub(
                routes,
                Map.of(
                        "feedhub.beans",
                        folder.resolve("beans"),
                        "feedhub.edits.settle", // long beside the rests between writes, for a machine that is busy
                        "1s"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aHalfWrittenFileIsNoEdit() throws IOException {
        TickingFlow flow = flow("half", 2);
        String text = flow.text();
        for (int written = 100; written < text.length(); written += 100) {
            save(flow, text.substring(0, written));
            rest(100);
        }
        save(flow, text);
        awaitLive(flow);
        assertThat(revisions("half")).isEqualTo(1);
    }

    @Test
    void aHalfWrittenFileIsLeftAloneWhenItsFlowIsLookedAtForAnotherReason() throws IOException {
        TickingFlow flow = flow("torn", 2);
        save(flow, flow.broken(0));
        Awaitility.await().until(() -> revisions("torn") == 1);
        String text = flow.text();
        save(flow, text.substring(0, 100));
        Files.createDirectories(folder.resolve("beans"));
        Files.writeString(folder.resolve("beans/other.yaml"), OTHER);
        for (int looks = 0; looks < 10; looks += (int) revisions("beans/other")) {
            save(flow, text.substring(0, text.length() - 20));
            rest(100);
        }
        save(flow, text);
        awaitLive(flow);
        assertThat(revisions("torn")).isEqualTo(2);
    }

    @Test
    void tenEditsInASecondEndWithTheLast() throws IOException {
        save(flow("busy", 2), flow("busy", 2).text());
        awaitLive(flow("busy", 2));
        for (int edit = 3; edit <= 12; edit++) {
            save(flow("busy", edit), flow("busy", edit).text());
            rest(100);
        }
        awaitLive(flow("busy", 12));
        assertThat(revisions("busy")).isBetween(2L, 5L);
    }

    private static TickingFlow flow(String id, int edition) {
        return new TickingFlow(id, "infrastructure", edition);
    }

    private static void save(TickingFlow flow, String text) throws IOException {
        Files.writeString(flow.in(routes), text);
    }

    private static long revisions(String flow) {
        return hub.count("select count(*) from feedhub.flow_revision where flow = '" + flow + "'");
    }

    private static void awaitLive(TickingFlow flow) {
        Awaitility.await(flow.id()).until(() -> hub.get("/api/flows/" + flow.id())
                .path("description")
                .asText()
                .equals("edition " + flow.edition()));
    }

    private static void rest(int millis) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ofMillis(millis))
                .until(() -> true);
    }
}
