package io.feedhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One hub, and a database that takes no connections for a while. */
class RecoveryTest {
    private static final String DONE =
            "select count(*) from feedhub.occurrence where flow = 'beat' and outcome = 'done'";

    @TempDir
    private Path folder;

    @Test
    void ticksPostsAndHealthComeBackByThemselves() throws IOException {
        TestDatabase database = TestDatabase.migrated();
        Files.writeString(
                Files.createDirectories(folder.resolve("routes/design")).resolve("beat.yaml"),
                """
                - route:
                    id: beat
                    nodePrefixId: beat-
                    group: design
                    description: Says that it beats
                    note: |-
                      when   every second
                      reads  nothing
                      writes nothing
                      posts  design
                      keeps  nothing
                      fails  never
                    from:
                      uri: quartz:design/beat
                      parameters: { cron: "* * * * * ?" }
                      steps:
                        - to:
                            uri: kamelet:discord-sink/beat-post
                            parameters: { channel: design, title: "${date:now:HH:mm:ss}" }
                """);
        try (RunningHub hub = new RunningHub(
                folder.resolve("routes"),
                Map.of("test.ticks", true, "spring.datasource.hikari.connection-timeout", "500"),
                database)) {
            Awaitility.await().until(() -> hub.count(DONE) > 0);
            database.goAway();
            Awaitility.await().until(() -> health(hub) == 503);
            Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            database.comeBack();
            long before = hub.count(DONE);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> hub.count(DONE) > before + 2);
            Awaitility.await().until(() -> health(hub) == 200);
            Awaitility.await().until(() -> delivered(hub) > before);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> Ledger.assertEachSecond("beat", instants(hub)));
        }
    }

    private static long delivered(RunningHub hub) {
        return hub.count("select count(*) from feedhub.outgoing where state = 'delivered'");
    }

    private static int health(RunningHub hub) {
        return hub.send("GET", "/observe/health", false).statusCode();
    }

    private static List<Instant> instants(RunningHub hub) {
        return hub.database()
                .sql("select scheduled_at from feedhub.occurrence where flow = 'beat' order by scheduled_at")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }
}
