package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.FeedHub;
import io.feedhub.TestDatabase;
import io.feedhub.flows.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Every case that lies beside a flow in {@code routes/}, as {@code ./feedhub test} runs it, on one hub. */
class FlowFilesTest {
    private static ConfigurableApplicationContext hub;
    private static FlowTests tests;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        hub = new SpringApplicationBuilder(FeedHub.class)
                .profiles("flow-tests")
                .run(
                        "--logging.level.io.feedhub=off",
                        "--flow-tests.database=" + TestDatabase.create().url());
        tests = hub.getBean(FlowTests.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @TestFactory
    Stream<DynamicContainer> everyCase() {
        return tests.flows().stream()
                .map(flow -> DynamicContainer.dynamicContainer(
                        flow.id(), tests.of(flow).stream().map(FlowFilesTest::dynamic)));
    }

    private static DynamicTest dynamic(FlowTest test) {
        return DynamicTest.dynamicTest(test.name(), () -> {
            Verdict verdict = tests.run(test);
            assertThat(verdict.passed())
                    .as(() -> verdict.place() + "\n" + String.join("\n", verdict.differences()))
                    .isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFlowHasAtLeastFiveCases() {
        return tests.flows().stream()
                .map(flow -> DynamicTest.dynamicTest(
                        flow.id(), () -> assertThat(tests.of(flow).size()).isGreaterThanOrEqualTo(5)));
    }

    @Test
    void whatIsNotAsTheCaseSaysIsShownLineByLine() throws IOException {
        assertThat(
                        differences(
                                """
                        - case: wrong in every way
                          given:
                            answers: { numu GET /sentinel: { services: [ { name: gateway, status: down, detail: x } ] } }
                          then:
                            outcome: failed
                            posts: { infra: [ gateway is up ], ops: [ more ] }
                            rows: { service_health: [ { service: gateway, status: healthy } ] }
                            remembered: { misses: 1 }
                            seen: [ a ]
                            parked: 2
                            calls: { numu GET /sentinel: 2 }"""))
                .containsExactly(
                        "run 1",
                        "  - failed",
                        "  + done",
                        "parked items",
                        "  - 2",
                        "  + 0",
                        "posts in infra",
                        "  - {\"title\":\"gateway is up\"}",
                        "  + {\"title\":\"gateway is down\"}",
                        "posts in ops",
                        "  - {\"title\":\"more\"}",
                        "rows of service_health",
                        "  - {\"service\":\"gateway\",\"status\":\"healthy\"}",
                        "  + {\"service\":\"gateway\",\"status\":\"down\"}",
                        "remembered misses",
                        "  - 1",
                        "  + null",
                        "seen",
                        "  - a",
                        "calls of numu GET /sentinel",
                        "  - 2",
                        "  + 1");
    }

    @Test
    void aPostThatTheCaseDoesNotExpectIsADifference() throws IOException {
        assertThat(
                        differences(
                                """
                        - case: says nothing of posts
                          given:
                            answers: { numu GET /sentinel: { services: [ { name: gateway, status: down, detail: x } ] } }
                          then: { }"""))
                .first()
                .isEqualTo("posts in infra");
    }

    @Test
    void aCallThatTheCaseDoesNotForeseeIsADifference() throws IOException {
        assertThat(differences("- { case: says nothing of NUMU, then: { outcome: failed } }"))
                .containsExactly("called numu GET /sentinel, to which given.answers has no answer");
    }

    @Test
    void aRowThatDoesNotFitItsTableIsSaidWithItsColumn() throws IOException {
        assertThat(differences(
                        "- { case: misspelt, given: { rows: { service_health: [ { servise: x } ] } }, then: { } }"))
                .first()
                .asString()
                .contains("column \"servise\" of relation \"service_health\" does not exist");
    }

    private List<String> differences(String cases) throws IOException {
        Flow flow = tests.flows().stream()
                .filter(one -> one.id().equals("heartbeat_pulse"))
                .findFirst()
                .orElseThrow();
        Path file = folder.resolve("a.test.yaml");
        Files.writeString(file, cases);
        return tests.run(TestFile.read(flow.id(), "a.test.yaml", file, name -> {})
                        .get(0))
                .differences();
    }
}
