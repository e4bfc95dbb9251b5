package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.FeedHub;
import io.feedhub.TestDatabase;
import io.feedhub.flows.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
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
        write(
                "telling",
                """
                - to:
                    uri: kamelet:discord-sink/telling-post
                    parameters: { channel: ops, title: "${body}", tone: "${body}" }
                """);
        write(
                "adding",
                """
                - to:
                    uri: kamelet:mcp-action/adding-node
                    parameters: { tool: add_node, arguments: '{"title": "${body}", "kind": "note"}' }
                """);
        write(
                "measuring",
                """
                - to: { uri: kamelet:gemini-embed-action/measuring-vectors }
                - to:
                    uri: kamelet:discord-sink/measuring-post
                    parameters: { channel: ops, title: "${body[0]} ${body[1]}" }
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

    @Test
    void everyWordForAToneIsUnderstoodAsAFlowsOwnIs() throws IOException {
        String words =
                "good ok up online healthy resolved success done warn warning degraded medium minor bad error critical"
                        + " fatal failed down offline high major info Critical #123abc #3BA55D";
        List<String> all = List.of(words.split(" "));
        assertThat(differences(
                        "telling",
                        "- { case: each word, when: [ %s ], then: { posts: { ops: [ %s ] } } }"
                                .formatted(
                                        listed(all, "{ body: '%s' }"), listed(all, "{ title: '%1$s', tone: '%1$s' }"))))
                .isEmpty();
        assertThat(
                        differences(
                                "telling",
                                """
                        - case: another tone
                          when: [ { body: ok } ]
                          then: { posts: { ops: [ { tone: critical } ] } }"""))
                .containsExactly("posts in ops", "  - {\"tone\":\"bad\"}", "  + {\"tone\":\"good\"}");
    }

    private static String listed(List<String> words, String form) {
        return words.stream().map(form::formatted).collect(Collectors.joining(", "));
    }

    @Test
    void aToolIsComparedByItsArguments() throws IOException {
        assertThat(differences("adding", adding("[ { title: x } ]"))).isEmpty();
        assertThat(differences("adding", adding("[ { params: { arguments: { title: x } } } ]")))
                .isEmpty();
        assertThat(differences("adding", adding("[ { title: y } ]")))
                .containsExactly(
                        "calls of noosphere add_node",
                        "  - {\"title\":\"y\"}",
                        "  + {\"title\":\"x\",\"kind\":\"note\"}");
    }

    private static String adding(String calls) {
        return """
                - case: a node is added
                  given: { answers: { noosphere: { id: n-1 } } }
                  when: [ { body: x } ]
                  then: { calls: { noosphere: 1, noosphere add_node: %s } }"""
                .formatted(calls);
    }

    @Test
    void aVectorIsAListOfNumbers() throws IOException {
        assertThat(differences("measuring", measuring("[ 0.5, 1.5 ]", "0.5,1.5 0.5,1.5")))
                .isEmpty();
        assertThat(differences("measuring", measuring("[ [ 0.5 ], [ 1.5 ] ]", "0.5 1.5")))
                .isEmpty();
        assertThat(differences(
                        "measuring",
                        measuring("{ embeddings: [ { values: [ 0.5 ] }, { values: [ 1.5 ] } ] }", "0.5 1.5")))
                .isEmpty();
    }

    private static String measuring(String answer, String title) {
        return """
                - case: two texts
                  given: { answers: { gemini: %s } }
                  when: [ { body: [ a, b ] } ]
                  then: { posts: { ops: [ "%s" ] } }"""
                .formatted(answer, title);
    }

    @Test
    void aCallThatThereCannotBeIsRefusedWithWhatToWrite() {
        assertRefused(
                "given:\n  answers: { nmu /fleet: 503 }\ncases:\n  - case: a\n    then: { }",
                "operations/telling.test.yaml:2: nmu /fleet: there is no service nmu; did you mean numu?");
        assertRefused(
                "- case: a\n  then: { }\n- case: b\n  then:\n    calls: { numu fleet: 0 }",
                "telling.test.yaml:5: numu fleet: no call is named so; write numu, numu /path or numu GET /path");
        assertRefused(
                "- case: a\n  when: [ { answers: { numu get /fleet: 503 } } ]\n  then: { }",
                "telling.test.yaml:2: numu get /fleet: no call is named so");
    }

    private static void assertRefused(String cases, String reason) {
        assertThatThrownBy(() -> differences("telling", cases))
                .isInstanceOf(TestFileRefused.class)
                .hasMessageContaining(reason);
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
