package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one database whose flows run every second, edited on one or the other, and one of them killed. */
class TwoNodesUnderEditsTest {
    private static final int FLOWS = 4;

    /** Within so long an edit is live on the other hub; a file counts as saved a moment after it was written. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** A hub that makes its first edits, or starts again, is given time. */
    private static final Duration AT_FIRST = Duration.ofMinutes(2);

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final StandIns OUTSIDE = new StandIns(Clock.systemUTC());

    @TempDir
    private static Path folder;

    private static Path here = Path.of("");
    private static Path there = Path.of("");
    private static Operators operators;
    private static RunningHub hub;
    private static Process other;

    /** Both start at once, with the same new files, on a database that has none. */
    @BeforeAll
    static void twoHubs() throws IOException {
        here = folder.resolve("a/routes");
        there = folder.resolve("b/routes");
        List<TickingFlow> flows = Operators.flows(FLOWS, here);
        Operators.flows(FLOWS, there);
        other = HubProcess.start(settings(), folder.resolve("output"), "run");
        hub = new RunningHub(
                here,
                Map.of("feedhub.node.name", "a", "feedhub.beans", folder.resolve("none"), "test.ticks", true),
                DATABASE);
        operators = new Operators(here, flows, hub, 5);
        awaitTicksOfOther(0);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        other.destroyForcibly().waitFor();
        hub.close();
        OUTSIDE.close();
    }

    @Test
    void editsOnBothAreLiveOnBothWithinFiveSecondsTheirFilesFollowAndNoInstantIsLost() throws Exception {
        editOnBoth(4);
    }

    @Test
    @Tag("proof")
    void aHundredEditsOnBoth() throws Exception {
        editOnBoth(100);
    }

    @Test
    void anotherHubKilledDuringASwapLeavesBothSound() throws Exception {
        killDuringSwaps(1);
    }

    @Test
    @Tag("proof")
    void tenKillsDuringSwaps() throws Exception {
        killDuringSwaps(10);
    }

    private void editOnBoth(int edits) throws IOException {
        for (int edit = 2; edit < edits + 2; edit++) {
            TickingFlow flow = new TickingFlow("beat_000" + edit % FLOWS, Operators.domain(edit % FLOWS), edit);
            boolean inAFile = edit % 2 == 0;
            if (inAFile) {
                Files.writeString(flow.in(there), flow.text());
            } else {
                assertThat(operators.send(flow.id(), flow.text())).isEqualTo(200);
            }
            awaitBoth(flow, edit < 4 ? AT_FIRST : inAFile ? LIMIT.plusSeconds(1) : LIMIT);
            Path other = flow.in(inAFile ? here : there);
            Awaitility.await().untilAsserted(() -> assertThat(other).hasContent(flow.text()));
        }
        assertSound();
    }

    /** The swap takes some 30 ms; the edit is killed at its beginning, in its middle, or after it. */
    private void killDuringSwaps(int kills) throws Exception {
        Random random = new Random(11);
        for (int kill = 0; kill < kills; kill++) {
            TickingFlow flow = new TickingFlow("beat_0001", Operators.domain(1), 100 + kill);
            Files.writeString(flow.in(there), flow.text());
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(280 + random.nextInt(200)))
                    .until(() -> true);
            other.destroyForcibly().waitFor();
            assertThat(hub.get("/api/flows/beat_0001").path("state").asText()).isEqualTo("running");
            other = startOther();
            awaitBoth(flow, AT_FIRST);
        }
        assertSound();
    }

    private static void awaitBoth(TickingFlow flow, Duration limit) {
        Awaitility.await(flow.id())
                .atMost(limit)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> hub.get("/api/flows/" + flow.id())
                                .path("description")
                                .asText()
                                .equals("edition " + flow.edition())
                        && copies(flow.id()) == 2);
    }

    /** Whose file in how many folders is what is live. */
    private static long copies(String flow) {
        return hub.count(
                "select count(*) from feedhub.flow_copy where flow = '%1$s' and revision = (select max(revision) from feedhub.flow_revision where flow = '%1$s' and state = 'accepted')"
                        .formatted(flow));
    }

    private void assertSound() {
        operators.assertNoInstantMissing();
        assertThat(hub.count("select count(*) from feedhub.occurrence where outcome = 'failed'"))
                .isZero();
        assertThat(hub.count("select count(*) from feedhub.flow_revision where state = 'conflict'"))
                .isZero();
        assertThat(
                        hub.count(
                                "select count(*) from (select from feedhub.occurrence group by flow, scheduled_at having count(*) > 1) twice"))
                .isZero();
        assertThat(hub.count("select count(distinct node) from feedhub.occurrence where node is not null"))
                .isEqualTo(2);
    }

    private static Process startOther() throws IOException {
        long before = ticksOfOther();
        Process process = HubProcess.start(settings(), folder.resolve("output"), "run");
        awaitTicksOfOther(before);
        return process;
    }

    private static void awaitTicksOfOther(long before) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> ticksOfOther() > before + 3);
    }

    private static long ticksOfOther() {
        return hub.count("select count(*) from feedhub.occurrence where node = 'b'");
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(OUTSIDE.properties());
        settings.put("feedhub.node.name", "b");
        settings.put("feedhub.database.url", DATABASE.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", there);
        settings.put("feedhub.beans", folder.resolve("none"));
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].role", "admin");
        settings.put(
                "feedhub.users[0].password", "{bcrypt}$2a$10$abcdefghijklmnopqrstuuJ8vVbBkX0Q2xv0yX1Y2Z3a4b5c6d7e8");
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", 0);
        return settings;
    }
}
