package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.quartz.CronExpression;

/** What must be on the ledger of a {@link Cluster}, computed from the cron outside the hub. */
final class Ledger {
    private static final String CRON = "* * * * * ?";

    private Ledger() {}

    /** Starts a cluster with flows of every second. */
    static void flows(Cluster cluster, int count) throws IOException {
        for (int flow = 0; flow < count; flow++) {
            cluster.flow(name(flow), CRON, Duration.ZERO);
        }
        cluster.startAll();
    }

    /** The instants of a flow of every second, in their order: none is missing between two, and none is there twice. */
    static void assertEachSecond(String flow, List<Instant> instants) {
        for (int i = 1; i < instants.size(); i++) {
            assertThat(Duration.between(instants.get(i - 1), instants.get(i)))
                    .as("%s after %s", flow, instants.get(i - 1))
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }

    /** When the dust has settled: each expected instant has its row, each row its end, and no effect is of a lost run. */
    static void assertComplete(Cluster cluster, Instant from, int flows) {
        Instant until = cluster.now();
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            for (int flow = 0; flow < flows; flow++) {
                assertThat(ledger(cluster, name(flow), from, until))
                        .as("instants of %s on the ledger", name(flow))
                        .isEqualTo(expected(from, until));
            }
            assertThat(cluster.count("select count(*) from feedhub.occurrence where outcome in ('planned', 'running')"
                            + " and scheduled_at < now() - interval '20 seconds'"))
                    .as("runs without an end")
                    .isZero();
        });
        none(
                cluster,
                "instants that have two rows",
                "(select from feedhub.occurrence group by flow, scheduled_at having count(*) > 1)");
        none(cluster, "effects of runs that had lost their claim", "(select from effect where epoch <> current)");
        none(
                cluster,
                "runs that took effect twice under one claim",
                "(select from effect group by run, epoch having count(*) > 1)");
        none(
                cluster,
                "effects of what is said not to have run",
                "(select from effect join feedhub.occurrence o on o.id = run where outcome in ('skipped', 'missed', 'planned'))");
        none(
                cluster,
                "runs that are done without effect",
                "(select from feedhub.occurrence o where outcome = 'done' and not exists (select from effect where run = o.id))");
        assertThat(cluster.count("select count(distinct run) from effect")).isGreaterThan(flows);
    }

    private static void none(Cluster cluster, String what, String rows) {
        assertThat(cluster.count("select count(*) from " + rows + " as wrong"))
                .as(what)
                .isZero();
    }

    private static String name(int flow) {
        return "beat_%02d".formatted(flow);
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

    private static Set<Instant> ledger(Cluster cluster, String flow, Instant from, Instant until) {
        return new HashSet<>(cluster.sql()
                .sql("select scheduled_at from feedhub.occurrence where flow = ?"
                        + " and scheduled_at > ?::timestamptz and scheduled_at <= ?::timestamptz")
                .params(flow, from.toString(), until.toString())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list());
    }
}
