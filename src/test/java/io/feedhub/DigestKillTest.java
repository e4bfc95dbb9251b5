package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hubs fill batches together and are killed while they do: every item is in exactly one delivered batch. */
class DigestKillTest {
    private static final int SIZE = 50;

    private static final String BEANS =
            """
            - beans:
                - name: grouped
                  type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
                - name: filler-batches
                  type: io.feedhub.state.Batches
                  properties: { name: filler-batches, lease: 5, recoveryInterval: 1000 }
            """;

    private static final String FLOW =
            """
            - route:
                id: filler
                nodePrefixId: filler-
                group: intelligence
                description: Fill batches of fifty
                note: |-
                  when   every second
                  reads  source
                  writes delivered
                  posts  nothing
                  keeps  seen
                  fails  the next second goes on
                from:
                  uri: quartz:intelligence/filler
                  parameters: { cron: "0/1 * * * * ?" }
                  steps:
                    - to:
                        uri: sql
                        parameters:
                          query: >-
                            select id, part from source where not exists
                            (select from feedhub.seen where flow = 'filler' and key = id) order by random() limit 400
                    - split:
                        simple: "${body}"
                        steps:
                          - policy:
                              ref: one-transaction
                              steps:
                                - idempotentConsumer:
                                    simple: "${body[id]}"
                                    idempotentRepository: "#seen"
                                    steps:
                                      - aggregate:
                                          correlationExpression: { simple: { expression: "${body[part]}" } }
                                          aggregationStrategy: "#grouped"
                                          aggregationRepository: "#filler-batches"
                                          optimisticLocking: true
                                          executorService: "#after-commit"
                                          completionSize: 50
                                          steps:
                                            - setVariable: { name: batch, simple: "${exchangeId}" }
                                            - policy:
                                                ref: one-transaction
                                                steps:
                                                  - split:
                                                      simple: "${body}"
                                                      steps:
                                                        - to:
                                                            uri: sql
                                                            parameters:
                                                              query: "insert into delivered (item, batch) values (:#${body[id]}, :#${variable.batch})"
            """;

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void aKilledHubsItemsAreInOneDeliveredBatchEach() throws Exception {
        fill(1, 400, 1, 1);
    }

    @Test
    @Tag("proof")
    void threeHubsFillTwoHundredBatchesAndAreKilled() throws Exception {
        fill(3, 10_000, 8, 20261124);
    }

    private void fill(int hubs, int items, int kills, long seed) throws Exception {
        Files.createDirectories(folder.resolve("routes/intelligence"));
        Files.createDirectories(folder.resolve("beans"));
        Files.writeString(folder.resolve("beans/filler.yaml"), BEANS);
        Files.writeString(folder.resolve("routes/intelligence/filler.yaml"), FLOW);
        sql.sql("create table delivered (item text, batch text)").update();
        sql.sql("create table source as select n::text as id, (n % 4)::text as part from generate_series(1, " + items
                        + ") n")
                .update();
        Random random = new Random(seed);
        List<Process> running = new ArrayList<>();
        for (int hub = 0; hub < hubs; hub++) {
            running.add(start(hub));
        }
        for (int kill = 1; kill <= kills; kill++) {
            long wanted = (long) items * kill / (kills + 1) - random.nextInt(SIZE);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1 + random.nextInt(50)))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> count("select count(*) from feedhub.seen") >= wanted);
            int victim = random.nextInt(hubs);
            running.get(victim).destroyForcibly().waitFor();
            running.set(victim, start(victim));
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> count("select count(distinct item) from delivered") == items
                        && count("select count(*) from feedhub.batch_completed") == 0);
        for (Process hub : running) {
            hub.destroyForcibly().waitFor();
        }
        assertThat(count("select count(*) from delivered")).isEqualTo(items);
        assertThat(count("select count(distinct batch) from delivered")).isEqualTo(items / SIZE);
        assertThat(count("select count(*) from (select batch from delivered group by batch having count(*) <> 50) odd"))
                .isZero();
        assertThat(count("select count(*) from feedhub.batch")).isZero();
    }

    private Process start(int hub) throws IOException {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", folder.resolve("routes"));
        settings.put("feedhub.beans", folder.resolve("beans"));
        settings.put("feedhub.node.name", "hub" + hub);
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", 0);
        return HubProcess.start(settings, folder.resolve("hub" + hub + ".log"), "run");
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
