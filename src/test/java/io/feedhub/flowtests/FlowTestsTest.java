package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.FeedHub;
import io.feedhub.TestDatabase;
import io.feedhub.flows.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Cases of flows that use what no flow of the catalogue does: files, reports, vectors, tools and digests. */
class FlowTestsTest {
    private static final String FLOW =
            """
            - route:
                id: %1$s
                nodePrefixId: %1$s-
                group: operations
                description: An example
                note: |-
                  when   by hand
                  reads  what it shows
                  writes nothing
                  posts  ops
                  keeps  nothing
                  fails  as it shows
                from:
                  uri: direct:%1$s
                  steps:
            """;
    private static final String BEANS =
            """
            - beans:
                - name: fives
                  type: io.feedhub.state.Batches
                  properties: { name: fives }
                - name: grouped
                  type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
            """;

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext hub;
    private static FlowTests tests;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("beans"));
        Files.createDirectories(folder.resolve("routes/operations"));
        Files.writeString(folder.resolve("beans/fives.yaml"), BEANS);
        write(
                "filing",
                """
                - to:
                    uri: kamelet:gcs-action/filing-file
                    parameters: { bucket: reports, name: n.json }
                """);
        write(
                "reporting",
                """
                - to:
                    uri: kamelet:youtube-analytics-action/reporting-week
                    parameters: { start: "2026-11-01", end: "2026-11-07", metrics: views, dimensions: day }
                """);
        write(
                "gathering",
                """
                - policy:
                    ref: one-transaction
                    steps:
                      - aggregate:
                          correlationExpression: { constant: { expression: all } }
                          aggregationStrategy: "#grouped"
                          aggregationRepository: "#fives"
                          optimisticLocking: true
                          executorService: "#after-commit"
                          completionSize: 5
                          completionTimeout: 86400000
                          steps:
                            - policy:
                                ref: one-transaction
                                steps:
                                  - to:
                                      uri: kamelet:discord-sink/gathering-digest
                                      parameters: { channel: ops, title: "${body.size} items" }
                """);
        hub = new SpringApplicationBuilder(FeedHub.class)
                .profiles("flow-tests")
                .run(
                        "--logging.level.io.feedhub=off",
                        "--feedhub.routes=" + folder.resolve("routes"),
                        "--feedhub.beans=" + folder.resolve("beans"),
                        "--flow-tests.database=" + TestDatabase.create().url());
        tests = hub.getBean(FlowTests.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void write(String flow, String steps) throws IOException {
        Files.writeString(
                folder.resolve("routes/operations/" + flow + ".yaml"), FLOW.formatted(flow) + steps.indent(8));
    }

    @Test
    void aServiceThatWantsATokenOfAnHourIsAnsweredLikeAnyOther() throws IOException {
        assertThat(
                        differences(
                                "filing",
                                """
                        - case: a file is written
                          given: { answers: { gcs: { name: n.json, size: 2 } } }
                          then: { calls: { gcs: 1 } }"""))
                .isEmpty();
        assertThat(
                        differences(
                                "reporting",
                                """
                        - case: a report without rows
                          given: { answers: { youtube-analytics /v2/reports: { columnHeaders: [ ] } } }
                          then: { }"""))
                .isEmpty();
    }

    @Test
    void theBatchThatBodiesCompleteIsPostedWhenTheCaseIsLookedAt() throws IOException {
        for (int time = 0; time < 3; time++) {
            assertThat(
                            differences(
                                    "gathering",
                                    """
                            - case: five items are a digest
                              when: [ { body: a }, { body: b }, { body: c }, { body: d }, { body: e } ]
                              then: { posts: { ops: [ 5 items ] } }"""))
                    .isEmpty();
        }
        assertThat(
                        differences(
                                "gathering",
                                """
                        - case: four items wait
                          when: [ { body: a }, { body: b }, { body: c }, { body: d } ]
                          then: { }"""))
                .isEmpty();
    }

    private static List<String> differences(String flow, String cases) throws IOException {
        Flow tested = tests.flows().stream()
                .filter(one -> one.id().equals(flow))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("routes/operations/" + flow + ".test.yaml"), cases);
        return tests.run(tests.of(tested).get(0)).differences();
    }
}
