package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes until work goes on elsewhere, or again. */
@Tag("proof")
class FailOverTest {
    private static final int TIMES = 4;

    /** A run, and the node that has it in flight. */
    private record Held(long run, int node) {}

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void threeHubsOneFlowThatTakesTimeAndSomeThatDoNot() throws IOException {
        cluster = new Cluster(folder);
        cluster.flow("long_one", "* * * * * ?", Duration.ofSeconds(4));
        for (int flow = 0; flow < 8; flow++) {
            cluster.flow("beat_" + flow, "* * * * * ?", Duration.ZERO);
        }
        cluster.startAll();
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void whatAKilledNodeHadInFlightRunsElsewhereWithin15Seconds() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            Held held = held();
            long run = held.run();
            int victim = held.node();
            cluster.kill(victim);
            Instant killed = cluster.now();
            await(
                    30,
                    "select count(*) from feedhub.occurrence where epoch > 1 and outcome in ('running', 'done') and id = "
                            + run);
            took.add(since(killed, "select started_at from feedhub.occurrence where id = " + run));
            cluster.start(victim);
            await(60, beat(victim, cluster.now()));
        }
        report("a killed node's run goes on elsewhere", took);
        assertThat(took).allMatch(time -> time.compareTo(Duration.ofSeconds(15)) <= 0);
    }

    @Test
    void afterARestartOfTheDatabaseANewInstantIsRunWithin30Seconds() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            cluster.crashDatabase();
            Instant up = cluster.now();
            String fires = " from feedhub.occurrence where scheduled_at > '" + up + "' and outcome = 'done'";
            await(60, "select count(*)" + fires);
            took.add(since(up, "select min(started_at)" + fires));
        }
        report("a new instant is run after a restart of the database", took);
        assertThat(took).allMatch(time -> time.compareTo(Duration.ofSeconds(30)) <= 0);
    }

    @Test
    void anOrderedStopLetsRunsEndAndLosesNone() throws Exception {
        Held held = held();
        long run = held.run();
        int victim = held.node();
        Process stopped = cluster.terminate(victim);
        assertThat(stopped.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.count(
                        "select count(*) from feedhub.occurrence where outcome = 'done' and epoch = 1 and id = " + run))
                .as("the run ended where it began")
                .isOne();
        assertThat(cluster.count(
                        "select count(*) from feedhub.node where state = 'left' and name = 'node" + victim + "'"))
                .isOne();
        Instant left = cluster.now();
        await(
                15,
                "select count(*) from feedhub.occurrence where flow = 'long_one' and outcome = 'done' and scheduled_at > '"
                        + left + "'");
    }

    /** A run of the long flow that has half of its time before it, and who has it. */
    private Held held() {
        return Awaitility.await()
                .until(
                        () -> cluster.sql()
                                .sql("select id, right(node, 1)::int from feedhub.occurrence where flow = 'long_one'"
                                        + " and outcome = 'running'"
                                        + " and started_at > clock_timestamp() - interval '2 seconds'"
                                        + " order by id desc limit 1")
                                .query((row, number) -> new Held(row.getLong(1), row.getInt(2)))
                                .optional(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String beat(int node, Instant since) {
        return "select count(*) from feedhub.occurrence where outcome = 'done' and started_at > '" + since
                + "' and node = 'node" + node + "'";
    }

    private void await(int seconds, String count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> cluster.count(count) > 0);
    }

    private Duration since(Instant begun, String query) {
        return Duration.between(
                begun,
                cluster.sql()
                        .sql(query)
                        .query((row, number) -> row.getTimestamp(1).toInstant())
                        .single());
    }

    private static void report(String what, List<Duration> took) {
        System.getLogger("fail-over").log(System.Logger.Level.INFO, "{0}: {1}", what, took);
    }
}
