package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.Edits;
import io.feedhub.flows.Outcome;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Edits of flows that are just running. */
class DrainTest {
    private static final String FLOW =
            """
            - route:
                id: %1$s
                nodePrefixId: %1$s-
                group: operations
                description: %2$s
                note: |-
                  when   asked
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  one key
                  fails  never
                from:
                  uri: quartz:operations/%1$s
                  parameters: { cron: "0 0 0 1 1 ? 2099" }
                  steps:
                    - policy:
                        ref: one-transaction
                        steps:
                          - idempotentConsumer:
                              constant: "the item"
                              idempotentRepository: "#seen"
                              steps:
                                - delay: { constant: "%3$s" }
            """;

    @TempDir
    private static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void aShortDrain() throws IOException {
        Path domain = Files.createDirectories(folder.resolve("routes/operations"));
        Files.writeString(domain.resolve("brief.yaml"), FLOW.formatted("brief", "first", 1500));
        Files.writeString(domain.resolve("endless.yaml"), FLOW.formatted("endless", "first", 60_000));
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of(
                        "feedhub.beans",
                        folder.resolve("beans"),
                        "feedhub.edits.drain",
                        "5s",
                        "spring.datasource.hikari.connection-init-sql", // 15 s, of a drain of 30
                        "set idle_in_transaction_session_timeout = '3s'"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aRunEndsWithTheRevisionItBeganWith() {
        begin("brief");
        Instant edited = hub.database()
                .sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        assertThat(hub.put("/api/flows/brief", "1", FLOW.formatted("brief", "second", 0))
                        .statusCode())
                .isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(outcome("brief")).isEqualTo("done "));
        assertThat(hub.database()
                        .sql("select ended_at from feedhub.occurrence where flow = 'brief'")
                        .query((row, number) -> row.getTimestamp(1).toInstant())
                        .single())
                .as("the run was on when its flow was edited")
                .isAfter(edited);
        assertThat(keys("brief")).isEqualTo(1);
    }

    @Test
    void aRunThatOutlastsTheDrainIsSupersededAndItsItemComesAgain() {
        begin("endless");
        assertThat(hub.put("/api/flows/endless", "1", FLOW.formatted("endless", "second", 0))
                        .statusCode())
                .isEqualTo(200);
        assertThat(outcome("endless")).startsWith("failed superseded");
        assertThat(keys("endless")).isZero();
        assertThat(hub.run("endless")).isEqualTo("done");
        assertThat(keys("endless")).isEqualTo(1);
    }

    @Test
    void anEditLeavesItsTransactionAsPatientAsItFoundIt() {
        FlowFile file = new FlowFile("routes/operations/another.yaml", FLOW.formatted("another", "first", 0));
        String patience = new TransactionTemplate(hub.bean(PlatformTransactionManager.class)).execute(transaction -> {
            assertThat(hub.bean(Edits.class).submit(file, 0, "ada")).isInstanceOf(Outcome.Accepted.class);
            return hub.bean(JdbcClient.class)
                    .sql("show idle_in_transaction_session_timeout")
                    .query(String.class)
                    .single();
        });
        assertThat(patience).isEqualTo("3s");
    }

    private static void begin(String flow) {
        assertThat(hub.post("/api/flows/" + flow + "/run")).isEqualTo(202);
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> outcome(flow)
                .startsWith("running"));
    }

    private static String outcome(String flow) {
        return hub.database()
                .sql(
                        "select outcome || ' ' || coalesce(error, '') from feedhub.occurrence where flow = ? order by id desc limit 1")
                .param(flow)
                .query(String.class)
                .single();
    }

    private static long keys(String flow) {
        return hub.count("select count(*) from feedhub.seen where flow = '" + flow + "'");
    }
}
