package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose clocks are wrong, or are set while they run: no instant twice, none before its time, and none without its row
 * on the {@link Ledger}.
 */
@Tag("proof")
class ClocksTest {
    private static final int FLOWS = 8;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void threeHubs() throws IOException {
        assumeTrue(ProcessClock.canBeMoved(), "there is no libfaketime (the package faketime)");
        cluster = new Cluster(folder);
        cluster.giveClocks();
        Ledger.flows(cluster, FLOWS);
    }

    @AfterEach
    void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void oneNodeIsFiveSecondsAheadAndOneFiveBehind() {
        Instant from = cluster.now();
        set(1, Duration.ofSeconds(5));
        set(2, Duration.ofSeconds(-5));
        pass(60);
        assertRight(from);
    }

    @Test
    void aClockIsSetAnHourForwardsAndBack() throws Exception {
        anHourOffAndBack(HOUR);
    }

    @Test
    void aClockIsSetAnHourBackwardsAndForwards() throws Exception {
        anHourOffAndBack(HOUR.negated());
    }

    private void anHourOffAndBack(Duration offset) throws Exception {
        Instant from = cluster.now();
        set(1, offset);
        pass(20);
        set(1, Duration.ZERO);
        pass(20);
        assertRight(from);
        assertRunsAlone(1);
    }

    /** Sets a node's clock and waits until the node shows that it knows. */
    private void set(int node, Duration offset) {
        cluster.clock(node).show(offset);
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> cluster.count("select count(*) from feedhub.node where name = 'node" + node
                                + "' and abs(skew_ms - " + offset.toMillis() + ") < 1500")
                        == 1);
    }

    /** So many seconds by the database's clock. */
    private void pass(int seconds) {
        Instant end = cluster.now().plusSeconds(seconds);
        Awaitility.await()
                .atMost(Duration.ofSeconds(2L * seconds))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> cluster.now().isAfter(end));
    }

    private void assertRight(Instant from) {
        Ledger.assertComplete(cluster, from, FLOWS);
        none("instants run twice", "(select from effect group by run having count(*) > 1)");
        none(
                "rows for instants that had not come",
                "(select from feedhub.occurrence"
                        + " where scheduled_at > coalesce(started_at, ended_at, clock_timestamp()) + interval '1 second')");
        System.getLogger("clocks").log(System.Logger.Level.INFO, cluster.outcomes());
    }

    /** When it is the last node it runs instants at their time. */
    private void assertRunsAlone(int node) throws Exception {
        for (int other = 0; other < Cluster.NODES; other++) {
            if (other != node) {
                cluster.kill(other);
            }
        }
        Instant alone = cluster.now();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        cluster.count("select count(*) from feedhub.occurrence where outcome = 'done' and epoch = 1"
                                        + " and origin = 'schedule' and node = 'node" + node + "' and scheduled_at > '"
                                        + alone
                                        + "'")
                                > FLOWS);
    }

    private void none(String what, String rows) {
        assertThat(cluster.count("select count(*) from " + rows + " as wrong"))
                .as(what)
                .isZero();
    }
}
