package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.schedule.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A digest in a flow's YAML: items join in their own transaction, and a complete batch is delivered once. */
class DigestTest {
    private static final String BEANS =
            """
            - beans:
                - name: grouped
                  type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
                - name: urgent-batches
                  type: io.feedhub.state.Batches
                  properties: { name: urgent-batches, lease: 1, recoveryInterval: 200 }
                - name: digest-batches
                  type: io.feedhub.state.Batches
                  properties:
                    name: digest-batches
                    lease: 1
                    recoveryInterval: 200
                    maximumRedeliveries: 3
                    deadLetterUri: direct:digest.dead
            """;

    private static final String FLOW =
            """
            - route:
                id: digest
                nodePrefixId: digest-
                group: intelligence
                description: Ten at a time, or what there is at the end of the day
                note: |-
                  when   now and then
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:intelligence/digest
                  parameters: { cron: "0 0 * * * ?" }
                  steps:
                    - to:
                        uri: sql
                        parameters: { query: "select n::text as id from generate_series(1, 25) n" }
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
                                      - to: direct:digest.batch
            - route:
                id: digest.batch
                group: intelligence
                from:
                  uri: direct:digest.batch
                  steps:
                    - aggregate:
                        correlationExpression: { constant: { expression: all } }
                        aggregationStrategy: "#grouped"
                        aggregationRepository: "#digest-batches"
                        optimisticLocking: true
                        executorService: "#after-commit"
                        completionSize: 10
                        steps:
                          - policy:
                              ref: one-transaction
                              steps:
                                - to:
                                    uri: sql
                                    parameters: { noop: true, query: "insert into digests (size) values (:#${body.size})" }
                                - to:
                                    uri: kamelet:discord-sink/digest-post
                                    parameters: { channel: intel, title: "${body.size} items", text: "${body[0][id]} and more" }
            - route:
                id: digest.dead
                group: intelligence
                from:
                  uri: direct:digest.dead
                  steps:
                    - to:
                        uri: sql
                        parameters: { noop: true, query: "insert into dead (size) values (:#${exchangeProperty.CamelGroupedExchange.size})" }
            - route:
                id: digest.close
                group: intelligence
                from:
                  uri: quartz:intelligence/digest.close
                  parameters: { cron: "0 0 18 * * ?" }
                  steps:
                    - policy:
                        ref: one-transaction
                        steps:
                          - setHeader: { name: CamelAggregationCompleteAllGroups, constant: { expression: "true" } }
                          - to: direct:digest.batch
            """;

    /** Its only item completes it, and its delivery tells another flow before it writes. */
    private static final String URGENT =
            """
            - route:
                id: urgent
                nodePrefixId: urgent-
                group: intelligence
                description: At once
                note: |-
                  when   now and then
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:intelligence/urgent
                  parameters: { cron: "0 0 * * * ?" }
                  steps:
                    - setBody: { constant: { expression: "now" } }
                    - policy:
                        ref: one-transaction
                        steps:
                          - aggregate:
                              correlationExpression: { constant: { expression: urgent } }
                              aggregationStrategy: "#grouped"
                              aggregationRepository: "#urgent-batches"
                              optimisticLocking: true
                              executorService: "#after-commit"
                              completionSize: 1
                              steps:
                                - to: direct:told
                                - policy:
                                    ref: one-transaction
                                    steps:
                                      - to:
                                          uri: sql
                                          parameters: { noop: true, query: "insert into digests (size) values (:#${body.size})" }
            """;

    private static final String TOLD =
            """
            - route:
                id: told
                nodePrefixId: told-
                group: intelligence
                description: Is told of a digest
                note: |-
                  when   it is told
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: direct:told
                  steps:
                    - log: { message: told }
            """;

    @TempDir
    private static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("routes/intelligence"));
        Files.createDirectories(folder.resolve("routes/_shared"));
        Files.copy(Path.of("routes/_shared/errors.yaml"), folder.resolve("routes/_shared/errors.yaml"));
        Files.createDirectories(folder.resolve("beans"));
        Files.writeString(folder.resolve("beans/digest.yaml"), BEANS);
        Files.writeString(folder.resolve("routes/intelligence/digest.yaml"), FLOW);
        Files.writeString(folder.resolve("routes/intelligence/urgent.yaml"), URGENT);
        Files.writeString(folder.resolve("routes/intelligence/told.yaml"), TOLD);
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of("feedhub.beans", folder.resolve("beans").toString(), "feedhub.discord.channels.intel.url", ""));
        hub.database().sql("create table digests (size int)").update();
        hub.database().sql("create table dead (size int)").update();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void forget() {
        hub.database()
                .sql(
                        "truncate digests, dead, feedhub.occurrence, feedhub.seen, feedhub.outgoing, feedhub.batch, feedhub.batch_completed cascade")
                .update();
    }

    @Test
    void fullBatchesGoAtOnceAndTheRestWhenTheDayEnds() {
        assertThat(hub.run("digest")).isEqualTo("done");
        awaitDigests(10, 10);
        assertThat(hub.count("select (content #>> '{properties,CamelAggregatedSize}')::int from feedhub.batch"))
                .isEqualTo(5);
        hub.run("digest");
        hub.bean(Timetable.class).runNow("digest.close", null);
        Awaitility.await().until(() -> hub.count("select count(*) from digests") == 3);
        awaitDigests(5, 10, 10);
        assertThat(hub.count("select count(*) from feedhub.outgoing")).isEqualTo(3);
        assertThat(hub.count("select count(*) from feedhub.outgoing where flow = 'digest'"))
                .isEqualTo(3);
    }

    @Test
    void aDeliveryThatFailsIsRepeatedUntilItSucceeds() {
        hub.database().sql("alter table digests rename to elsewhere").update();
        assertThat(hub.run("digest")).isEqualTo("done");
        assertThat(hub.count("select count(*) from feedhub.batch_completed")).isEqualTo(2);
        hub.database().sql("alter table elsewhere rename to digests").update();
        awaitDigests(10, 10);
    }

    @Test
    void aBatchThatCanNeverBeDeliveredIsLeftToAnotherRouteAfterSoManyTries() {
        hub.database().sql("alter table digests rename to elsewhere").update();
        assertThat(hub.run("digest")).isEqualTo("done");
        Awaitility.await().until(() -> hub.count("select count(*) from dead where size = 10") == 2);
        hub.database().sql("alter table elsewhere rename to digests").update();
        awaitDigests();
    }

    /** It has outlived its run by then, and is nobody's but the flow's. */
    @Test
    void aBatchThatItsFirstItemCompletesIsKeptUntilItIsDelivered() {
        hub.database().sql("alter table digests rename to elsewhere").update();
        assertThat(hub.run("urgent")).isEqualTo("done");
        assertThat(
                        hub.count(
                                "select count(*) from feedhub.batch_completed where content #>> '{properties,feedhub.flow}' = 'urgent'"))
                .isEqualTo(1);
        hub.database().sql("alter table elsewhere rename to digests").update();
        awaitDigests(1);
    }

    @Test
    void aDeliveryThatCallsAnotherFlowIsItsOwnAfterwards() {
        assertThat(hub.run("urgent")).isEqualTo("done");
        awaitDigests(1);
        assertThat(hub.count("select count(*) from feedhub.occurrence where flow = 'told' and outcome = 'done'"))
                .isEqualTo(1);
    }

    private static void awaitDigests(Integer... sizes) {
        Awaitility.await().untilAsserted(() -> assertThat(hub.count("select count(*) from feedhub.batch_completed"))
                .isZero());
        assertThat(hub.database()
                        .sql("select size from digests order by 1")
                        .query(Integer.class)
                        .list())
                .containsExactly(sizes);
    }
}
