package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.check.BadEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that run every second while they are edited: the ledger misses no instant. */
class TicksUnderEditsTest {
    private static final String API = "/api/flows/heartbeat_pulse";

    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private String good = "";
    private RunningHub hub;

    @BeforeEach
    void twoFlowsThatTick() throws IOException {
        Path original = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
        file = folder.resolve(original);
        good = Files.readString(original).replace("0 0/2 * * * ?", "* * * * * ?");
        Files.createDirectories(file.getParent());
        Files.writeString(file, good);
        Files.writeString(file.resolveSibling("untouched.yaml"), good.replace("heartbeat_pulse", "untouched"));
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of("feedhub.beans", folder.resolve("beans"), "test.ticks", true, "feedhub.edits.drain", "3s"));
        awaitRuns();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void badEditsOfEveryKindCostNoInstant() throws IOException {
        int refused = 0;
        for (BadEdit mistake : BadEdit.ALL) {
            if (good.contains(mistake.text())) {
                assertThat(hub.put(API, "1", mistake.in(good)).statusCode())
                        .as(mistake.toString())
                        .isEqualTo(422);
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(25);
        Files.writeString(file, good.replace("uri: sql", "uri: sqll"));
        Awaitility.await().until(() -> !hub.get(API).path("problems").isEmpty());
        assertThat(hub.get(API).path("revision").asInt()).isEqualTo(1);
        awaitRuns();
        assertNoInstantMissing("heartbeat_pulse");
        assertNoInstantMissing("untouched");
    }

    @Test
    void goodEditsCostNoInstantEither() {
        Random random = new Random(3);
        for (int edit = 1; edit <= 10; edit++) {
            String text = good.replaceFirst("description: .*", "description: edit " + edit);
            assertThat(hub.put(API, "" + edit, text).statusCode()).isEqualTo(200);
            Duration rest = Duration.ofMillis(random.nextInt(300));
            Awaitility.await().pollDelay(rest).until(() -> true);
        }
        assertThat(hub.get(API).path("revision").asInt()).isEqualTo(11);
        awaitRuns();
        assertNoInstantMissing("heartbeat_pulse");
        assertNoInstantMissing("untouched");
    }

    private void awaitRuns() {
        for (String flow : List.of("heartbeat_pulse", "untouched")) {
            long before = runs(flow);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> runs(flow) > before + 2);
        }
    }

    private long runs(String flow) {
        return hub.count(
                "select count(*) from feedhub.occurrence where outcome <> 'running' and flow = '" + flow + "'");
    }

    /** From the first instant to the last there is a row for each second. */
    private void assertNoInstantMissing(String flow) {
        List<Instant> instants = hub.database()
                .sql("select scheduled_at from feedhub.occurrence where flow = ? order by scheduled_at")
                .param(flow)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
        for (int i = 1; i < instants.size(); i++) {
            assertThat(Duration.between(instants.get(i - 1), instants.get(i)))
                    .as("%s after %s", flow, instants.get(i - 1))
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }
}
