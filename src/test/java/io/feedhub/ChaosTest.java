package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronExpression;

/**
 * Three hubs, flows that run every second, and seeded faults: kill -9, freezes, cut wires, database crashes. The instants
 * that must be on the ledger are computed from the cron here, outside the hub.
 */
class ChaosTest {
    private static final String CRON = "* * * * * ?";

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
        flows(8);
        Instant from = cluster.now();
        cluster.kill(0);
        awaitTakeOver(0);
        cluster.freeze(1);
        awaitTakeOver(1);
        cluster.thaw(1);
        assertLedger(from, 8);
    }

    @Test
    @Tag("proof")
    void tenMinutesOfFaults() throws Exception {
        flows(64);
        Instant from = cluster.now();
        Faults faults = new Faults(cluster, new Random(Long.getLong("chaos.seed", 20261124)));
        faults.strike(Duration.ofSeconds(Integer.getInteger("chaos.seconds", 600)));
        assertLedger(from, 64);
        report(faults.struck());
    }

    private void flows(int count) throws IOException {
        for (int flow = 0; flow < count; flow++) {
            cluster.flow(name(flow), CRON, Duration.ZERO);
        }
        cluster.startAll();
    }

    private static String name(int flow) {
        return "beat_%02d".formatted(flow);
    }

    /** Within 15 s peers notice, and hold nothing of it in flight any more. */
    private void awaitTakeOver(int node) {
        String named = " and n.name = 'node" + node + "'";
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> cluster.count("select count(*) from feedhub.node n where feedhub.is_silent(beat_at)" + named)
                                == 1
                        && cluster.count("select count(*) from feedhub.occurrence o join feedhub.node n on o.node = n.name"
                                        + " where outcome = 'running'" + named)
                                == 0);
    }

    /** When the dust has settled: each expected instant has its row, each row its end, and no effect is of a lost run. */
    private void assertLedger(Instant from, int flows) {
        Instant until = cluster.now();
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            for (int flow = 0; flow < flows; flow++) {
                assertThat(ledger(name(flow), from, until))
                        .as("instants of %s on the ledger", name(flow))
                        .isEqualTo(expected(from, until));
            }
            assertThat(cluster.count("select count(*) from feedhub.occurrence where outcome in ('planned', 'running')"
                            + " and scheduled_at < now() - interval '20 seconds'"))
                    .as("runs without an end")
                    .isZero();
        });
        none("instants that have two rows", "(select from feedhub.occurrence group by flow, scheduled_at having count(*) > 1)");
        none("effects of runs that had lost their claim", "(select from effect where epoch <> current)");
        none("runs that took effect twice under one claim", "(select from effect group by run, epoch having count(*) > 1)");
        none(
                "effects of what is said not to have run",
                "(select from effect join feedhub.occurrence o on o.id = run where outcome in ('skipped', 'missed', 'planned'))");
        none(
                "runs that are done without effect",
                "(select from feedhub.occurrence o where outcome = 'done' and not exists (select from effect where run = o.id))");
        assertThat(cluster.count("select count(distinct run) from effect")).isGreaterThan(flows);
    }

    private void none(String what, String rows) {
        assertThat(cluster.count("select count(*) from " + rows + " as wrong"))
                .as(what)
                .isZero();
    }

    private static Set<Instant> expected(Instant from, Instant until) throws ParseException {
        CronExpression cron = new CronExpression(CRON);
        Set<Instant> instants = new TreeSet<>();
        Date next = cron.getNextValidTimeAfter(Date.from(from));
        while (!next.toInstant().isAfter(until)) {
            instants.add(next.toInstant());
            next = cron.getNextValidTimeAfter(next);
        }
        return instants;
    }

    private Set<Instant> ledger(String flow, Instant from, Instant until) {
        return new HashSet<>(cluster.sql()
                .sql("select scheduled_at from feedhub.occurrence where flow = ?"
                        + " and scheduled_at > ?::timestamptz and scheduled_at <= ?::timestamptz")
                .params(flow, from.toString(), until.toString())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list());
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
