package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronExpression;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Three hubs, flows that run every second, and seeded faults: kill -9, freezes, cut wires, database crashes. The instants
 * that must be on the ledger are computed from the cron here, outside the hub.
 */
class ChaosTest {
    private static final String CRON = "* * * * * ?";

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final List<Wire> wires = new ArrayList<>();
    private final List<Process> hubs = new ArrayList<>();

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void aDatabaseOfItsOwn() throws IOException {
        postgres = database(0);
        for (int node = 0; node < 3; node++) {
            wires.add(new Wire(postgres.getPort()));
        }
        sql().sql("create table effect (run bigint, epoch int, current int)").update();
    }

    @AfterEach
    void stop() throws IOException {
        hubs.forEach(Process::destroyForcibly);
        wires.forEach(Wire::close);
        outside.close();
        postgres.close();
    }

    @Test
    void noInstantIsLostWhenOneNodeIsKilledAndAnotherFrozen() throws Exception {
        routes(8);
        startAll();
        Instant from = now();
        kill(0);
        awaitTakeOver("node0");
        freeze(1);
        awaitTakeOver("node1");
        thaw(1);
        assertLedger(from, 8);
    }

    @Test
    @Tag("proof")
    void tenMinutesOfFaults() throws Exception {
        Random random = new Random(20261124);
        routes(64);
        startAll();
        Instant from = now();
        Instant end = from.plus(Duration.ofSeconds(Integer.getInteger("chaos.seconds", 600)));
        while (Instant.now().isBefore(end)) {
            int node = random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 -> {
                    kill(node);
                    Thread.sleep(2_000 + random.nextInt(8_000));
                    hubs.set(node, start(node));
                }
                case 1 -> {
                    freeze(node);
                    Thread.sleep(5_000 + random.nextInt(15_000));
                    thaw(node);
                }
                case 2 -> {
                    wires.get(node).cut();
                    Thread.sleep(5_000 + random.nextInt(15_000));
                    wires.get(node).mend();
                }
                default -> crashDatabase();
            }
            Thread.sleep(5_000 + random.nextInt(15_000));
        }
        assertLedger(from, 64);
    }

    /** Within 15 s peers notice, and hold nothing of it in flight any more. */
    private void awaitTakeOver(String node) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> count("select count(*) from feedhub.node where feedhub.is_silent(beat_at) and name = '"
                                + node + "'")
                        == 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(7))
                .until(() -> count("select count(*) from feedhub.occurrence where outcome = 'running' and node = '"
                                + node + "'")
                        == 0);
    }

    /** When the dust has settled: each expected instant has its row, each row its end, and no effect is of a lost run. */
    private void assertLedger(Instant from, int flows) throws ParseException {
        Instant until = now();
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            Set<Instant> expected = expected(from, until);
            for (int flow = 0; flow < flows; flow++) {
                Set<Instant> missing = new HashSet<>(expected);
                missing.removeAll(ledger("beat_%02d".formatted(flow)));
                assertThat(missing)
                        .as("instants of beat_%02d without a row", flow)
                        .isEmpty();
            }
            assertThat(count("select count(*) from feedhub.occurrence where outcome in ('planned', 'running')"
                            + " and scheduled_at < now() - interval '20 seconds'"))
                    .as("runs without an end")
                    .isZero();
        });
        assertThat(
                        count(
                                "select count(*) from (select from feedhub.occurrence group by flow, scheduled_at having count(*) > 1) d"))
                .isZero();
        assertThat(count("select count(*) from effect where epoch <> current"))
                .as("effects of lost runs")
                .isZero();
        assertThat(count("select count(distinct run) from effect")).isGreaterThan(flows);
        System.getLogger("chaos")
                .log(
                        System.Logger.Level.INFO,
                        sql().sql(
                                        "select string_agg(outcome || ' ' || n, ', ') from (select outcome, count(*) as n from feedhub.occurrence group by 1) o")
                                .query(String.class)
                                .single());
    }

    private static Set<Instant> expected(Instant from, Instant until) throws ParseException {
        CronExpression cron = new CronExpression(CRON);
        Set<Instant> instants = new HashSet<>();
        Date next = cron.getNextValidTimeAfter(Date.from(from));
        while (!next.toInstant().isAfter(until)) {
            instants.add(next.toInstant());
            next = cron.getNextValidTimeAfter(next);
        }
        return instants;
    }

    private Set<Instant> ledger(String flow) {
        return new HashSet<>(sql().sql("select scheduled_at from feedhub.occurrence where flow = ?")
                .param(flow)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list());
    }

    private void routes(int flows) throws IOException {
        Path domain = Files.createDirectories(folder.resolve("routes/infrastructure"));
        for (int flow = 0; flow < flows; flow++) {
            String id = "beat_%02d".formatted(flow);
            Files.writeString(
                    domain.resolve(id + ".yaml"),
                    """
                    - route:
                        id: %1$s
                        nodePrefixId: %1$s-
                        group: infrastructure
                        description: Beats every second
                        note: |-
                          when   every second
                          reads  nothing
                          writes effect
                          posts  nothing
                          keeps  nothing
                          fails  never
                        from:
                          uri: quartz:infrastructure/%1$s
                          parameters:
                            cron: "%2$s"
                          steps:
                            - policy:
                                ref: one-transaction
                                steps:
                                  - to:
                                      uri: sql
                                      parameters:
                                        query: >-
                                          insert into effect (run, epoch, current)
                                          select id, :#${exchangeProperty[feedhub.epoch]}, epoch from feedhub.occurrence
                                          where id = :#${exchangeProperty[feedhub.run]}
                    """
                            .formatted(id, CRON));
        }
    }

    private void startAll() throws IOException {
        hubs.add(start(0)); // the first one migrates
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> ran("node0"));
        hubs.add(start(1));
        hubs.add(start(2));
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> ran("node1") && ran("node2"));
    }

    private boolean ran(String node) {
        return count("select count(*) from feedhub.occurrence where outcome = 'done' and node = '" + node + "'") > 0;
    }

    private Process start(int node) throws IOException {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put(
                "feedhub.database.url",
                "jdbc:postgresql://localhost:" + wires.get(node).port() + "/postgres");
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", folder.resolve("routes"));
        settings.put("feedhub.node.name", "node" + node);
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("server.port", 0);
        return HubProcess.start(settings, folder.resolve("node" + node + ".log"), "run");
    }

    private void kill(int node) throws InterruptedException {
        hubs.get(node).destroyForcibly().waitFor();
    }

    private void freeze(int node) throws IOException, InterruptedException {
        signal("STOP", hubs.get(node).pid());
    }

    private void thaw(int node) throws IOException, InterruptedException {
        signal("CONT", hubs.get(node).pid());
    }

    private void crashDatabase() throws IOException, InterruptedException {
        Path pid = folder.resolve("postgres/postmaster.pid");
        long postmaster = Long.parseLong(Files.readAllLines(pid).get(0).strip());
        signal("QUIT", postmaster); // what pg_ctl -m immediate sends
        ProcessHandle.of(postmaster).ifPresent(process -> process.onExit().join());
        int port = postgres.getPort();
        postgres.close(); // lets go of the folder
        postgres = database(port);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private EmbeddedPostgres database(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("max_connections", "200")
                .start();
    }

    private Instant now() {
        return sql().sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private long count(String query) {
        try {
            return sql().sql(query).query(Long.class).single();
        } catch (DataAccessException e) {
            return -1; // the tables are not there yet, or the database is being crashed
        }
    }

    private JdbcClient sql() {
        return JdbcClient.create(new DriverManagerDataSource(postgres.getJdbcUrl("postgres", "postgres")));
    }
}
