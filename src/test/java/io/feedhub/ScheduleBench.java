package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Start lag and cost of a fire, with flows whose crons all share one instant. Figures, not a verdict. */
@Tag("bench")
class ScheduleBench {
    private static final Duration LOOK = Duration.ofSeconds(40);

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"64, 0/1", "1000, 0/10", "10000, 0/10"})
    void flowsThatShareTheirInstants(int flows, String seconds) throws Exception {
        routes(flows, seconds + " * * * * ?");
        long begun = System.nanoTime();
        Process hub = start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .until(() -> count("select count(distinct flow) from feedhub.occurrence where outcome = 'done'")
                            == flows);
            long ready = (System.nanoTime() - begun) / 1_000_000_000;
            Awaitility.await()
                    .atMost(LOOK.multipliedBy(2))
                    .pollDelay(LOOK.dividedBy(2))
                    .until(() -> true); // warm
            long from = count("select max(id) from feedhub.occurrence");
            long cpu = cpu(hub);
            Awaitility.await().atMost(LOOK.multipliedBy(2)).pollDelay(LOOK).until(() -> true);
            long spent = cpu(hub) - cpu;
            report(flows, ready, from, spent);
        } finally {
            hub.destroyForcibly().waitFor();
            outside.close();
        }
    }

    private void report(int flows, long ready, long from, long spent) {
        Figures lag = sql.sql(
                        """
                select count(*) as fires,
                       round(1000 * percentile_cont(0.5) within group (order by lag)) as p50,
                       round(1000 * percentile_cont(0.99) within group (order by lag)) as p99
                from (select extract(epoch from started_at - scheduled_at)::float8 as lag
                      from feedhub.occurrence where id > ? and started_at is not null) l""")
                .param(from)
                .query((row, number) -> new Figures(row.getLong("fires"), row.getLong("p50"), row.getLong("p99")))
                .single();
        assertThat(lag.fires()).isPositive();
        System.getLogger("bench")
                .log(
                        System.Logger.Level.INFO,
                        "%d flows: every flow ran after %d s; %s; CPU %.2f s per 1,000 fires"
                                .formatted(flows, ready, lag, spent / (double) lag.fires()));
    }

    /** Start lag in milliseconds. */
    private record Figures(long fires, long p50, long p99) {}

    private static long cpu(Process hub) {
        return hub.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private void routes(int flows, String cron) throws IOException {
        Path domain = Files.createDirectories(folder.resolve("routes/infrastructure"));
        for (int flow = 0; flow < flows; flow++) {
            String id = "beat_%05d".formatted(flow);
            Files.writeString(
                    domain.resolve(id + ".yaml"),
                    """
                    - route:
                        id: %1$s
                        nodePrefixId: %1$s-
                        group: infrastructure
                        description: Beats
                        note: |-
                          when   often
                          reads  nothing
                          writes nothing
                          posts  nothing
                          keeps  nothing
                          fails  never
                        from:
                          uri: quartz:infrastructure/%1$s
                          parameters:
                            cron: "%2$s"
                          steps:
                            - setBody: { constant: beat }
                    """
                            .formatted(id, cron));
        }
    }

    private Process start() throws IOException {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", folder.resolve("routes"));
        settings.put("feedhub.node.name", "bench");
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("server.port", 0);
        return HubProcess.start(settings, folder.resolve("hub.log"), "run");
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
