package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A pause holds from the moment it is asked for, and not at all when its transaction comes to nothing. */
class PausesTest {
    private static final String SLOW =
            """
            - route:
                id: slow
                nodePrefixId: slow-
                group: design
                description: Takes as long as the test wants
                note: |-
                  when   once a year
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:design/slow
                  parameters:
                    cron: "0 0 0 1 1 ?"
                  steps:
                    - to:
                        uri: sql
                        parameters:
                          query: select count(*) from pg_advisory_xact_lock(40)
            """;

    private static final String IN_TWO_PARTS =
            """
            - route:
                id: digest
                nodePrefixId: digest-
                group: design
                description: Collects, and sends in the evening
                note: |-
                  when   once a year
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:design/digest
                  parameters:
                    cron: "0 0 0 1 1 ?"
                  steps:
                    - setBody: { constant: item }
            - route:
                id: digest.close
                nodePrefixId: digest.close-
                group: design
                from:
                  uri: quartz:design/digest.close
                  parameters:
                    cron: "0 0 18 1 1 ?"
                  steps:
                    - setBody: { constant: digest }
            """;

    @TempDir
    private Path routes;

    @Test
    void aPauseThatIsNotCommittedYetIsNotTakenBackByTheRounds() throws IOException {
        Files.copy(
                Path.of("routes/infrastructure/heartbeat_pulse.yaml"),
                Files.createDirectories(routes.resolve("infrastructure")).resolve("heartbeat_pulse.yaml"));
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            new TransactionTemplate(hub.bean(PlatformTransactionManager.class)).executeWithoutResult(transaction -> {
                hub.bean(Timetable.class).pause("heartbeat_pulse");
                aRound(hub);
                assertThat(status(hub)).isEqualTo(ServiceStatus.Suspended);
                transaction.setRollbackOnly();
            });
            aRound(hub);
            assertThat(status(hub)).isEqualTo(ServiceStatus.Started);
        }
    }

    /** Camel's own suspending waits for the run, and what starts the flow is stopped for good when that takes too long. */
    @Test
    void aFlowIsPausedAtOnceThoughItsRunIsOnAndResumedThoughItStillIs() throws Exception {
        Files.writeString(Files.createDirectories(routes.resolve("design")).resolve("slow.yaml"), SLOW);
        try (RunningHub hub = new RunningHub(routes, Map.of());
                Connection holding = hub.bean(DataSource.class).getConnection()) {
            JdbcClient lock = JdbcClient.create(new SingleConnectionDataSource(holding, true));
            lock.sql("select pg_advisory_lock(40)").query(row -> {});
            CamelContext camel = hub.bean(CamelContext.class);
            assertThat(hub.post("/api/flows/slow/run")).isEqualTo(202);
            Awaitility.await().until(() -> camel.getInflightRepository().size("slow") == 1);
            assertThat(hub.post("/api/flows/slow/pause")).isEqualTo(204);
            assertThat(camel.getInflightRepository().size("slow")).isOne();
            assertThat(hub.get("/api/flows/slow").path("state").asText()).isEqualTo("paused");
            assertThat(hub.post("/api/flows/slow/resume")).isEqualTo(204);
            assertThat(hub.get("/api/flows/slow").path("state").asText()).isEqualTo("running");
            assertThat(hub.post("/api/flows/slow/pause")).isEqualTo(204);
            assertThat(camel.getInflightRepository().size("slow")).isOne();
            lock.sql("select pg_advisory_unlock(40)").query(row -> {});
            Awaitility.await()
                    .until(() -> camel.getRouteController().getRouteStatus("slow") == ServiceStatus.Suspended);
        }
    }

    /** Here, and by the rows on every other node. */
    @Test
    void aFlowIsPausedAndResumedWithItsFurtherRoutes() throws IOException {
        Path domain = Files.createDirectories(routes.resolve("design"));
        Files.writeString(domain.resolve("digest.yaml"), IN_TWO_PARTS);
        Files.writeString(domain.resolve("slow.yaml"), SLOW);
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            CamelContext camel = hub.bean(CamelContext.class);
            hub.database()
                    .sql("insert into feedhub.schedule (flow, settled) values ('digest.elsewhere', now())")
                    .update();
            assertThat(hub.post("/api/flows/digest/pause")).isEqualTo(204);
            assertThat(camel.getRouteController().getRouteStatus("digest.close"))
                    .isEqualTo(ServiceStatus.Suspended);
            assertThat(hub.bean(ScheduleTable.class).paused())
                    .containsExactlyInAnyOrder("digest", "digest.close", "digest.elsewhere");
            aRound(hub);
            assertThat(camel.getRouteController().getRouteStatus("digest.close"))
                    .isEqualTo(ServiceStatus.Suspended);
            assertThat(hub.post("/api/flows/digest/resume")).isEqualTo(204);
            assertThat(camel.getRouteController().getRouteStatus("digest.close"))
                    .isEqualTo(ServiceStatus.Started);
            assertThat(hub.bean(ScheduleTable.class).paused()).isEmpty();
            assertThat(hub.count("select count(*) from feedhub.schedule where resumed_at is not null"))
                    .isEqualTo(3);
        }
    }

    /** On a connection of its own, which does not see what is not committed. */
    private static void aRound(RunningHub hub) {
        CompletableFuture.runAsync(hub.bean(Pauses.class)::apply).join();
    }

    private static ServiceStatus status(RunningHub hub) {
        return hub.bean(CamelContext.class).getRouteController().getRouteStatus("heartbeat_pulse");
    }
}
