package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Start lag, fires a second and the cost of a fire, on a PostgreSQL that syncs. Figures, not a verdict. */
@Tag("bench")
class ScheduleBench {
    private static final Duration WARM = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(Integer.getInteger("bench.seconds", 40));
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 1);
    private static final int MANY = 5_000; // take more memory than the launcher gives by default
    private static final Path REPORT = Path.of("target/schedule-bench.txt");
    private static final List<String> DOMAINS = List.of(
            "infrastructure", "serenity", "memory", "noosphere", "intelligence", "operations", "design", "firstdate");

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> nodes = new ArrayList<>();

    @TempDir
    private Path folder;

    private String heap = "512m";
    private String database = "postgres";
    private EmbeddedPostgres postgres;
    private JdbcClient sql;

    @BeforeEach
    void aDatabaseThatCounts() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        sql = JdbcClient.create(postgres.getPostgresDatabase());
        sql.sql("create extension pg_stat_statements").update();
    }

    @AfterEach
    void stop() throws Exception {
        for (Process node : nodes) {
            node.destroyForcibly().waitFor();
        }
        outside.close();
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({"64, 1", "1000, 10", "10000, 10"})
    void flowsThatShareTheirInstants(int flows, int every) throws Exception {
        routes(flows, flow -> "0/%d * * * * ?".formatted(every));
        measure(flows + " flows, all at once every " + every + " s", flows, 1);
    }

    @ParameterizedTest
    @CsvSource({"1000, 10", "10000, 10"})
    void flowsThatAreSpread(int flows, int every) throws Exception {
        routes(flows, flow -> "%d/%d * * * * ?".formatted(flow % every, every));
        measure(flows + " flows, spread over " + every + " s", flows, 1);
    }

    @Test
    void threeNodes() throws Exception {
        int flows = Integer.getInteger("bench.flows", 2_000);
        routes(flows, flow -> "* * * * * ?");
        measure(flows + " flows every second on 3 nodes", flows, 3);
    }

    /** How long until every flow is live: on an empty database, and then on the one that was left. */
    @Test
    void firstStartAndRestart() throws Exception {
        int flows = Integer.getInteger("bench.flows", 2_000);
        heap = "1g";
        routes(flows, flow -> "%d/10 * * * * ?".formatted(flow % 10));
        for (int round = 0; round < ROUNDS; round++) {
            database = "round" + round;
            sql.sql("create database " + database).update();
            for (String what : List.of("first start", "restart")) {
                long ready = start(0);
                report("%s with %d flows: ready after %.1f s, %.1f s of CPU"
                        .formatted(what, flows, ready / 1e3, cpu() / 1e3));
                pass(WARM);
                Process node = nodes.remove(0);
                node.destroy();
                node.waitFor();
            }
        }
    }

    /** What Camel alone needs on this machine for as many routes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stockCamel(boolean managed) throws Exception {
        Path output = Path.of("target/schedule-bench-stock.log");
        Process stock = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g", // with JMX they do not fit into less
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StockRoutes.class.getName(),
                        System.getProperty("bench.flows", "2000"),
                        Boolean.toString(managed))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        nodes.add(stock);
        assertThat(stock.waitFor()).isZero();
        report(Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("stock Camel"))
                .findFirst()
                .orElseThrow());
    }

    private static void report(String line) throws IOException {
        Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void measure(String what, int flows, int count) throws Exception {
        heap = flows > MANY ? "1g" : "512m";
        long ready = start(0);
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() ->
                        count("select count(distinct flow) from feedhub.occurrence where outcome = 'done'") == flows);
        for (int node = 1; node < count; node++) {
            start(node);
        }
        pass(WARM);
        sql.sql("select pg_stat_statements_reset()").query().singleRow();
        long from = count("select max(id) from feedhub.occurrence");
        long cpu = cpu();
        pass(LOOK);
        long spent = cpu() - cpu;
        long statements = count("select sum(calls) from pg_stat_statements where query not ilike '%pg_stat%'");
        report("%s: ready after %.1f s; %s; %.3f statements and %.3f ms of CPU a fire; %d MB"
                .formatted(what, ready / 1e3, lag(from), statements / fires(from), spent / fires(from), resident()));
        report("  the database's dearest: " + dearest());
    }

    /** The statements that took the most of the database's time, and what each took of a second. */
    private String dearest() {
        return sql.sql(
                        """
                select string_agg(format('%s ms/s in %s calls: %s', round(total_exec_time / ?), calls,
                                         left(regexp_replace(query, '\\s+', ' ', 'g'), 60)), ' | ')
                from (select * from pg_stat_statements where query not ilike '%pg_stat%'
                      order by total_exec_time desc limit 4) s""")
                .param(LOOK.toSeconds())
                .query(String.class)
                .single();
    }

    private double fires(long from) {
        long fires = count("select count(*) from feedhub.occurrence where started_at is not null and id > " + from);
        assertThat(fires).isPositive();
        return fires;
    }

    private String lag(long from) {
        return sql.sql(
                        """
                select format('%s fires, %s/s, lag p50 %s ms, p99 %s ms, most %s ms; not run: %s',
                       count(*) filter (where started_at is not null),
                       round(count(*) filter (where outcome = 'done') / extract(epoch from max(started_at) - min(started_at))),
                       round(percentile_cont(0.5) within group (order by lag)), round(percentile_cont(0.99) within group (order by lag)),
                       round(max(lag)), count(*) filter (where outcome in ('skipped', 'missed', 'failed')))
                from (select *, 1000 * extract(epoch from started_at - scheduled_at)::float8 as lag
                      from feedhub.occurrence where id > ?) l""")
                .param(from)
                .query(String.class)
                .single();
    }

    private void routes(int flows, IntFunction<String> cron) throws IOException {
        for (int flow = 0; flow < flows; flow++) {
            String id = "beat_%05d".formatted(flow);
            String domain = DOMAINS.get(flow % DOMAINS.size());
            Files.writeString(
                    Files.createDirectories(folder.resolve("routes/" + domain)).resolve(id + ".yaml"),
                    """
                    - route:
                        id: %1$s
                        nodePrefixId: %1$s-
                        group: %3$s
                        description: Beats
                        note: |-
                          when   often
                          reads  nothing
                          writes nothing
                          posts  nothing
                          keeps  nothing
                          fails  never
                        from:
                          uri: quartz:%3$s/%1$s
                          parameters:
                            cron: "%2$s"
                          steps:
                            - setBody: { constant: beat }
                    """
                            .formatted(id, cron.apply(flow), domain));
        }
    }

    /** Starts a node; how long it took until every flow was live, in milliseconds. */
    private long start(int number) throws IOException {
        int port = freePort();
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", postgres.getJdbcUrl("postgres", database));
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", folder.resolve("routes"));
        settings.put("feedhub.node.name", "bench" + number);
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("server.port", port);
        settings.put("feedhub.heap", heap);
        long begun = System.nanoTime();
        nodes.add(HubProcess.launch(settings, Path.of("target/schedule-bench-" + number + ".log"), "run"));
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                .build();
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500)) // an answer looks at every flow
                .ignoreExceptions()
                .until(() -> http.send(health, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static void pass(Duration time) {
        Awaitility.await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
    }

    private long cpu() {
        return nodes.stream()
                .mapToLong(node -> node.info().totalCpuDuration().orElseThrow().toMillis())
                .sum();
    }

    /** What the heaviest node holds, in megabytes. */
    private long resident() throws IOException {
        long most = 0;
        for (Process node : nodes) {
            most = Math.max(
                    most,
                    Files.readAllLines(Path.of("/proc/" + node.pid() + "/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                            .sum());
        }
        return most;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
