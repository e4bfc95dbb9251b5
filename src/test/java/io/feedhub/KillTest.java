package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** kill -9 in the middle of a run, again and again: every post reaches Discord once, or the ledger says it may not have. */
class KillTest {
    /** So long may a hub take until it runs flows. */
    private static final Duration START = Duration.ofMinutes(3);

    /** Of what the hub itself posts there may be more. */
    private static final String OF_THE_FLOW = " flow = 'x_repost_watcher'";

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final TestDatabase database = TestDatabase.migrated();
    private final List<Long> rowsAtKills = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path routes;

    @BeforeEach
    void aFlowThatRunsEverySecond() throws IOException {
        routes = folder.resolve("routes");
        Files.createDirectories(routes.resolve("intelligence"));
        String flow = Files.readString(Path.of("routes/intelligence/x_repost_watcher.yaml"));
        Files.writeString(
                routes.resolve("intelligence/x_repost_watcher.yaml"), flow.replace("0 0/10 * * * ?", "0/1 * * * * ?"));
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    /** The rows take their time, so that of nine the kill meets some that are there and some that are not. */
    @Test
    void aHubThatIsKilledHalfWayPostsNothingTwiceAndLosesNothing() throws Exception {
        JdbcClient sql = JdbcClient.create(database.dataSource());
        sql.sql(
                        "create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.1); return new; end'")
                .update();
        sql.sql("create trigger slow before insert on x_posts for each row execute function slow()")
                .update();
        killAndRestart(1, 1);
        assertThat(rowsAtKills).singleElement().satisfies(rows -> assertThat(rows)
                .isBetween(4L, 8L));
    }

    @Test
    @Tag("proof")
    void twelveKills() throws Exception {
        killAndRestart(12, 20261123);
    }

    private void killAndRestart(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        int posts = 3;
        for (int kill = 0; kill < kills; kill++) {
            Process hub = start();
            long runs = runs();
            Awaitility.await().atMost(START).until(() -> runs() > runs);
            for (int i = 0; i < 6; i++) {
                outside.world().post();
                posts++;
            }
            int wanted = posts - 1 - random.nextInt(6);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
                    .atMost(START)
                    .until(() -> count("select count(*) from x_posts") > wanted);
            hub.destroyForcibly().waitFor();
            rowsAtKills.add(count("select count(*) from x_posts"));
        }
        Process hub = start();
        int all = posts;
        Awaitility.await()
                .atMost(START)
                .until(() -> count("select count(*) from x_posts") == all
                        && count("select count(*) from feedhub.outgoing where state in ('queued', 'sending')") == 0);
        hub.destroyForcibly().waitFor();
        assertEachPostOnce(posts);
    }

    private void assertEachPostOnce(int posts) {
        List<String> arrived = outside.discord().messages("intel").stream()
                .map(message -> message.at("/embeds/0/url").asText())
                .toList();
        assertThat(arrived).doesNotHaveDuplicates();
        assertThat(count("select count(*) from feedhub.outgoing where" + OF_THE_FLOW))
                .isEqualTo(posts);
        assertThat(count("select count(*) from feedhub.seen")).isEqualTo(posts);
        long delivered = count(
                "select count(distinct message_id) from feedhub.outgoing where state = 'delivered' and" + OF_THE_FLOW);
        long unknown = count("select count(*) from feedhub.outgoing where state = 'unknown' and" + OF_THE_FLOW);
        assertThat(delivered + unknown).isEqualTo(posts);
        assertThat((long) arrived.size()).isBetween(delivered, delivered + unknown);
        assertThat(
                        count(
                                "select count(*) from (select flow, scheduled_at from feedhub.occurrence group by 1, 2 having count(*) > 1) d"))
                .isZero();
    }

    private Process start() throws IOException {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", routes);
        settings.put("feedhub.node.name", "victim");
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", 0);
        return HubProcess.start(settings, folder.resolve("hub.log"), "run");
    }

    private long runs() {
        return count("select count(*) from feedhub.occurrence");
    }

    private long count(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(Long.class)
                .single();
    }
}
