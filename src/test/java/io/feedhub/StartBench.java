package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long {@code ./feedhub run} takes with 64 flows until it is ready, and what it weighs at rest. Figures, not a verdict. */
@Tag("bench")
class StartBench {
    private static final int RUNS = Integer.getInteger("bench.rounds", 5);
    private static final int FLOWS = 64;

    /** Until the compiler has done its work: in the first minutes it takes more than the hub. */
    private static final Duration SETTLING = Duration.ofMinutes(4);

    private static final Duration REST = Duration.ofSeconds(20);

    private static final String FLOW =
            """
            - route:
                id: NAME
                nodePrefixId: NAME-
                group: design
                description: Count the tasks once a month
                note: |-
                  when   on the first of the month, at 4
                  reads  tasks
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  database down, next month counts again
                from:
                  uri: quartz:design/NAME
                  parameters:
                    cron: "0 0 4 1 * ?"
                  steps:
                    - to:
                        uri: sql
                        parameters:
                          query: select count(*) as open from tasks
                          outputType: SelectOne
            """;

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private @Nullable Process hub;

    @AfterEach
    void close() throws InterruptedException {
        end();
        outside.close();
    }

    @Test
    void ready() throws Exception {
        List<Long> ready = new ArrayList<>();
        List<Long> busy = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) { // the first one warms the disk
            TestDatabase database = TestDatabase.migrated();
            long begun = System.nanoTime();
            Process started = startAndAwaitReady(database);
            if (run > 0) {
                ready.add((System.nanoTime() - begun) / 1_000_000);
                busy.add(cpuMillis(started));
            }
            end();
        }
        row("ready after, ms", ready);
        row("CPU until then, ms", busy);
        assertThat(ready).hasSize(RUNS);
    }

    @Test
    void atRest() throws Exception {
        Process resting = startAndAwaitReady(TestDatabase.migrated());
        List<Long> busy = new ArrayList<>();
        pause(SETTLING);
        for (int look = 0; look < RUNS; look++) {
            busy.add(busyPerMille(resting));
        }
        row("resident, MB", List.of(residentMegabytes(resting)));
        row("CPU at rest, per mille of a core", busy);
        assertThat(busy).hasSize(RUNS);
    }

    private static long busyPerMille(Process process) {
        long before = cpuMillis(process);
        long from = System.nanoTime();
        pause(REST);
        long elapsed = (System.nanoTime() - from) / 1_000_000;
        return (cpuMillis(process) - before) * 1000 / elapsed;
    }

    private static void pause(Duration pause) {
        Awaitility.await().atMost(pause.plusSeconds(10)).pollDelay(pause).until(() -> true);
    }

    private Process startAndAwaitReady(TestDatabase database) throws IOException {
        int port = freePort();
        Process started = start(database, port);
        hub = started;
        awaitReady(started, port);
        return started;
    }

    private void end() throws InterruptedException {
        if (hub != null) {
            hub.destroy();
            hub.waitFor();
        }
    }

    private Process start(TestDatabase database, int port) throws IOException {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", port);
        settings.put("feedhub.routes", routes());
        return HubProcess.launch(settings, folder.resolve("hub.log"), "run");
    }

    /** The hub's own flows, and as many that wake once a month as make them 64. */
    private Path routes() throws IOException {
        Path routes = Files.createTempDirectory(folder, "routes");
        int flows = 0;
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                flows += file.startsWith("routes/_shared") || file.toString().endsWith(".test.yaml") ? 0 : 1;
            }
        }
        Files.createDirectories(routes.resolve("design"));
        for (int n = flows; n < FLOWS; n++) {
            Files.writeString(routes.resolve("design/monthly_" + n + ".yaml"), FLOW.replace("NAME", "monthly_" + n));
        }
        return routes;
    }

    private void awaitReady(Process started, int port) {
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                .build();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100)) // often enough, and no load of its own
                .failFast("the hub ended", () -> !started.isAlive())
                .ignoreExceptions()
                .until(() -> http.send(health, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static long cpuMillis(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static long residentMegabytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static void row(String figure, List<Long> values) {
        LongStream sorted = values.stream().mapToLong(Long::longValue).sorted();
        long[] all = sorted.toArray();
        System.out.printf(
                "%-34s min %6d   median %6d   max %6d%n", figure, all[0], all[all.length / 2], all[all.length - 1]);
    }
}
