package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsGivenForAllHoldsForEachCaseUnlessItSaysOtherwise() throws IOException {
        List<FlowTest> tests = read(
                """
                given:
                  time: "2026-03-02T12:00:00Z"
                  answers: { a GET /x: 1, a GET /y: 2 }
                cases:
                  - case: first
                    given: { answers: { a GET /y: 3 } }
                    when: 3 runs
                    then: { }
                  - case: second
                    when: [ 1 run, { after: 2h, body: hello } ]
                    then: { outcome: [ done, failed ] }""");
        assertThat(tests).extracting(FlowTest::place).containsExactly("f.test.yaml:5", "f.test.yaml:9");
        assertThat(tests.get(0).given().answers()).isEqualTo(Map.of("a GET /x", 1, "a GET /y", 3));
        assertThat(tests.get(0).when()).singleElement().extracting(Step::runs).isEqualTo(3);
        assertThat(tests.get(1).when()).extracting(Step::runs).containsExactly(1, 1);
        assertThat(tests.get(1).when().get(1).pause()).hasHours(2);
        assertThat(tests.get(1).then().outcome(1)).isEqualTo("failed");
    }

    @Test
    void theTestsOfAFlowLieBesideItHoweverDeepItIs() {
        assertThat(FlowTests.beside("routes/a/x.yaml")).isEqualTo("a/x.test.yaml");
        assertThat(FlowTests.beside("routes/a/b/x.yaml")).isEqualTo("a/b/x.test.yaml");
    }

    @Test
    void aHugeTextIsOneLine() throws IOException {
        assertThat(read("- { case: huge, given: { remembered: { text: { repeat: [ \"ab\", 3 ] } } }, then: { } }")
                        .get(0)
                        .given()
                        .remembered())
                .containsEntry("text", "ababab");
    }

    @Test
    void aMisspeltKeyIsSaidWithItsPlaceAndTheRightOne() {
        assertRefused(
                "- case: a\n  then: { }\n- case: b\n  thn: { }", "f.test.yaml:3: unknown key thn; did you mean then?");
        assertRefused("- case: a\n  then: { post: { } }", "f.test.yaml:1: unknown key post; did you mean posts?");
        assertRefused("caes: [ ]", "f.test.yaml:1: unknown key caes; did you mean cases?");
    }

    @Test
    void whatCannotBeReadIsSaidWithItsPlace() {
        assertRefused("- case: a\n then: x", "f.test.yaml:2: not YAML");
        assertRefused("- case: a\n  when: often\n  then: { }", "write a number of runs, such as: 3 runs");
        assertRefused("- case: a\n", "f.test.yaml:1: a case has a name and an end; write case: and then:");
    }

    @Test
    void aWordThatIsNoneIsSaidWithWhatToWrite() {
        assertRefused(
                "- case: a\n  then: { outcome: fail }",
                "f.test.yaml:1: then: there is no outcome fail; did you mean failed?");
        assertRefused(
                "- case: a\n  then: { posts: { ops: [ { title: t, tone: purple } ] } }",
                "f.test.yaml:1: then: there is no tone purple; write a colour as #rrggbb, or one of: bad, critical,");
    }

    private void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(TestFileRefused.class).hasMessageContaining(reason);
    }

    private List<FlowTest> read(String text) throws IOException {
        Path file = folder.resolve("f.test.yaml");
        Files.writeString(file, text);
        return TestFile.read("f", "f.test.yaml", file, name -> {});
    }
}
