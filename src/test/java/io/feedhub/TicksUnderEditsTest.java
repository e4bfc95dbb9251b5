package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.check.BadEdit;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that run every second while they are edited: the ledger misses no instant. */
class TicksUnderEditsTest {
    private static final String API = "/api/flows/heartbeat_pulse";
    private static final int EDITS = 10;

    @TempDir
    private static Path folder;

    private static Path file = Path.of("");
    private static String good = "";
    private static RunningHub hub;

    private int base;

    @BeforeAll
    static void twoFlowsThatTick() throws IOException {
        Path original = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
        file = folder.resolve(original);
        good = Files.readString(original).replace("0 0/2 * * * ?", "* * * * * ?");
        Files.createDirectories(file.getParent());
        Files.writeString(file, good);
        Files.writeString(file.resolveSibling("untouched.yaml"), good.replace("heartbeat_pulse", "untouched"));
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of("feedhub.beans", folder.resolve("beans"), "test.ticks", true, "feedhub.edits.drain", "3s"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void seeWhatRuns() {
        awaitRuns();
        base = hub.get(API).path("revision").asInt();
    }

    @AfterEach
    void noInstantIsMissing() {
        awaitRuns();
        Awaitility.await().untilAsserted(() -> assertNoInstantMissing("heartbeat_pulse"));
        Awaitility.await().untilAsserted(() -> assertNoInstantMissing("untouched"));
    }

    @Test
    void badEditsOfEveryKindCostNoInstant() throws IOException {
        int refused = 0;
        for (BadEdit mistake : BadEdit.ALL) {
            if (good.contains(mistake.text())) {
                assertThat(hub.put(API, "" + base, mistake.in(good)).statusCode())
                        .as(mistake.toString())
                        .isEqualTo(422);
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(25);
        Files.writeString(file, good.replace("uri: sql", "uri: sqll"));
        Awaitility.await().until(() -> !hub.get(API).path("problems").isEmpty());
        assertThat(hub.get(API).path("revision").asInt()).isEqualTo(base);
    }

    /** Nothing but Quartz itself knows that a year is over, and it says so when the old route is gone. */
    @Test
    void aRevisionThatDoesNotStartCostsNoInstantAndWhatRanRunsAgain() {
        HttpResponse<String> answer = hub.put(API, "" + base, good.replace("* * * * * ?", "0 0 0 1 1 ? 2020"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("will never fire");
        assertThat(hub.get(API).path("revision").asInt()).isEqualTo(base);
        assertThat(hub.get(API).path("schedule").asText()).isEqualTo("* * * * * ?");
        assertThat(hub.get(API + "/revisions").at("/items/0/state").asText()).isEqualTo("refused");
    }

    @Test
    void goodEditsCostNoInstantEither() {
        Random random = new Random(3);
        for (int edit = 0; edit < EDITS; edit++) {
            String text = good.replaceFirst("description: .*", "description: edit " + edit);
            assertThat(hub.put(API, "" + base, text).statusCode()).isEqualTo(200);
            base = hub.get(API).path("revision").asInt();
            Duration rest = Duration.ofMillis(random.nextInt(300));
            Awaitility.await().pollDelay(rest).until(() -> true);
        }
        assertThat(hub.get(API).path("description").asText()).isEqualTo("edit " + (EDITS - 1));
    }

    /** Two runs of each, so that what was in flight before has its row. */
    private static void awaitRuns() {
        long pulses = runs("heartbeat_pulse");
        long others = runs("untouched");
        Awaitility.await().until(() -> runs("heartbeat_pulse") > pulses + 1 && runs("untouched") > others + 1);
    }

    private static long runs(String flow) {
        return hub.count(
                "select count(*) from feedhub.occurrence where outcome not in ('planned', 'running') and flow = '"
                        + flow + "'");
    }

    /** From the first instant to the last there is a row for each second. */
    private static void assertNoInstantMissing(String flow) {
        List<Instant> instants = hub.database()
                .sql("select scheduled_at from feedhub.occurrence where flow = ? order by scheduled_at")
                .param(flow)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
        Ledger.assertEachSecond(flow, instants);
    }
}
