package io.feedhub;

import com.zaxxer.hikari.HikariDataSource;
import io.feedhub.sandbox.StandIns;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three hubs on one database, each on a wire of its own, and all that can be done to them. */
final class Cluster implements AutoCloseable {
    static final int NODES = 3;

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final List<Wire> wires = new ArrayList<>();
    private final List<Process> hubs = new ArrayList<>();
    private final List<ProcessClock> clocks = new ArrayList<>();
    private final Path folder;
    private final HikariDataSource pool;
    private EmbeddedPostgres postgres;

    /** With a table for the effects of runs: the run, the epoch it writes with, and the one that counts at that moment. */
    Cluster(Path folder) throws IOException {
        this.folder = folder;
        postgres = database(0);
        pool = LazyPool.to(postgres.getJdbcUrl("postgres", "postgres"));
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis()); // while the database is away
        for (int node = 0; node < NODES; node++) {
            wires.add(new Wire(postgres.getPort()));
        }
        sql().sql("create table effect (run bigint, epoch int, current int)").update();
    }

    /** From the start on each node's clock can be moved. */
    void giveClocks() {
        for (int node = 0; node < NODES; node++) {
            clocks.add(new ProcessClock(folder.resolve("clock" + node)));
        }
    }

    ProcessClock clock(int node) {
        return clocks.get(node);
    }

    /** A flow whose runs take a while and then leave one effect each. */
    void flow(String id, String cron, Duration takes) throws IOException {
        Path domain = Files.createDirectories(folder.resolve("routes/infrastructure"));
        Files.writeString(
                domain.resolve(id + ".yaml"),
                """
                - route:
                    id: %1$s
                    nodePrefixId: %1$s-
                    group: infrastructure
                    description: Leaves one effect
                    note: |-
                      when   often
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
                        - delay: { constant: %3$d }
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
                        .formatted(id, cron, takes.toMillis()));
    }

    /** Starts all three at once and waits until each has run something. */
    void startAll() throws IOException {
        Flyway.configure()
                .dataSource(pool)
                .defaultSchema("feedhub")
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        for (int node = 0; node < NODES; node++) {
            hubs.add(launch(node));
        }
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> ran(0) && ran(1) && ran(2));
    }

    /** How many rows have which outcome, in words, and why how many failed. */
    String outcomes() {
        return sql().sql(
                        """
                select string_agg(outcome || ' ' || n, ', ' order by n desc)
                       || '; taken over or handed over ' || (select count(*) from feedhub.occurrence where epoch > 1)
                       || '; effects ' || (select count(*) from effect)
                       || coalesce('; why failed: ' || (
                            select string_agg(n || ' times ' || why, ' | ' order by n desc)
                            from (select error as why, count(*) as n from feedhub.occurrence where outcome = 'failed'
                                  group by 1) f), '')
                from (select outcome, count(*) as n from feedhub.occurrence group by 1) o""")
                .query(String.class)
                .single();
    }

    private boolean ran(int node) {
        return count("select count(*) from feedhub.occurrence where outcome = 'done' and node = 'node" + node + "'")
                > 0;
    }

    /** Starts a node anew. */
    void start(int node) throws IOException {
        hubs.set(node, launch(node));
    }

    /** kill -9. */
    void kill(int node) throws InterruptedException {
        hubs.get(node).destroyForcibly().waitFor();
    }

    /** SIGTERM: how an operator, or a supervisor, stops it. */
    Process terminate(int node) {
        hubs.get(node).destroy();
        return hubs.get(node);
    }

    void freeze(int node) throws IOException, InterruptedException {
        signal("STOP", hubs.get(node).pid());
    }

    void thaw(int node) throws IOException, InterruptedException {
        signal("CONT", hubs.get(node).pid());
    }

    /** Nothing passes between the node and the database; connections stay half-open. */
    void cut(int node) {
        wires.get(node).cut();
    }

    void mend(int node) {
        wires.get(node).mend();
    }

    /** An immediate shutdown of the database, as after a crash, and its start. */
    void crashDatabase() throws IOException, InterruptedException {
        Path pid = folder.resolve("postgres/postmaster.pid");
        long postmaster = Long.parseLong(Files.readAllLines(pid).get(0).strip());
        signal("QUIT", postmaster); // what pg_ctl -m immediate sends
        ProcessHandle.of(postmaster).ifPresent(process -> process.onExit().join());
        int port = postgres.getPort();
        postgres.close(); // lets go of the folder
        postgres = database(port);
        LazyPool.evict(pool);
    }

    /** The database's time. */
    Instant now() {
        return sql().sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    /** A number that a query gives; -1 while the tables are not there yet or the database is away. */
    long count(String query) {
        try {
            return sql().sql(query).query(Long.class).single();
        } catch (DataAccessException e) {
            return -1;
        }
    }

    JdbcClient sql() {
        return JdbcClient.create(pool);
    }

    /** What a node printed since it was last started; it outlives the test. */
    Path log(int node) throws IOException {
        return Files.createDirectories(Path.of("target/cluster")).resolve("node" + node + ".log");
    }

    @Override
    public void close() throws IOException {
        hubs.forEach(Process::destroyForcibly);
        wires.forEach(Wire::close);
        outside.close();
        pool.close();
        postgres.close();
    }

    private Process launch(int node) throws IOException {
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
        if (!clocks.isEmpty()) {
            settings.putAll(clocks.get(node).environment());
        }
        return HubProcess.start(settings, log(node), "run");
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
                .setServerConfig("synchronous_commit", "on") // what it has acknowledged must survive its crash
                .start();
    }
}
