package io.feedhub;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hubs, flows that run every second, and seeded faults: kill -9, freezes, cut wires, database crashes. The instants
 * that must be on the {@link Ledger} are computed from the cron, outside the hub.
 */
class ChaosTest {
    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void threeHubs() throws IOException {
        cluster = new Cluster(folder);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void noInstantIsLostWhenOneNodeIsKilledAndAnotherFrozen() throws Exception {
        Ledger.flows(cluster, 8);
        Instant from = cluster.now();
        cluster.kill(0);
        cluster.freeze(1);
        awaitTakeOver(0);
        awaitTakeOver(1);
        cluster.thaw(1);
        Ledger.assertComplete(cluster, from, 8);
    }

    @Test
    @Tag("proof")
    void tenMinutesOfFaults() throws Exception {
        Ledger.flows(cluster, 64);
        Instant from = cluster.now();
        Faults faults = new Faults(cluster, new Random(Long.getLong("chaos.seed", 20261124)));
        faults.strike(Duration.ofSeconds(Integer.getInteger("chaos.seconds", 600)));
        Ledger.assertComplete(cluster, from, 64);
        report(faults.struck());
    }

    /** Peers notice, and hold nothing of it in flight any more. That it takes 15 s is for {@link FailOverTest} to prove. */
    private void awaitTakeOver(int node) {
        String named = " and n.name = 'node" + node + "'";
        Awaitility.await()
                .atMost(Duration.ofSeconds(45))
                .until(() ->
                        cluster.count("select count(*) from feedhub.node n where feedhub.is_silent(beat_at)" + named)
                                        == 1
                                && cluster.count(
                                                "select count(*) from feedhub.occurrence o join feedhub.node n on o.node = n.name"
                                                        + " where outcome = 'running'" + named)
                                        == 0);
    }

    private void report(List<String> struck) {
        System.getLogger("chaos")
                .log(
                        System.Logger.Level.INFO,
                        "{0} faults: {1}; {2}",
                        struck.size(),
                        String.join(", ", struck),
                        cluster.outcomes());
    }
}
