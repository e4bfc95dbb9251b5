package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong with a flow's name is said once, and nothing that follows from it. */
class NamesTest {
    private static final String NAME = "routes/infrastructure/heartbeat_pulse.yaml";

    private static Checker checker;
    private static String good = "";

    @BeforeAll
    static void readTheWorkshop() throws IOException {
        checker = new Checker(WorkingDirectory.here().words());
        good = Files.readString(Path.of(NAME));
    }

    @Test
    void anIdThatIsMissingOrMisspeltIsAllThatIsWrong() {
        assertThat(findings(NAME, good.replace("    id: heartbeat_pulse\n", "")))
                .containsExactly("the route has no id: write id: heartbeat_pulse");
        assertThat(findings(NAME, good.replace("    id: heartbeat_pulse\n", "    id: heartbeat_pulls\n")))
                .containsExactly(
                        "the id is heartbeat_pulls, the file is called heartbeat_pulse: write id: heartbeat_pulse");
    }

    @Test
    void theAddressIsNamedAfterTheFile() {
        String text = good.replace("    id: heartbeat_pulse\n", "    id: pulse\n")
                .replace("quartz:infrastructure/heartbeat_pulse", "quartz:infrastructure/pulse");
        assertThat(findings(NAME, text))
                .contains(
                        "a flow begins with its schedule or its name: write uri: quartz:infrastructure/heartbeat_pulse");
    }

    @Test
    void ofABadFileNameNothingFollows() {
        assertThat(findings("routes/infrastructure/Heartbeat-Pulse.yaml", good))
                .containsExactly("the file's name is not one for a flow: at most 63 lower-case letters, digits and _,"
                        + " such as heartbeat_pulse.yaml");
    }

    @Test
    void aFlowIsInAFolder() {
        for (String text : List.of(good, good.replace("    group: infrastructure\n", ""))) {
            assertThat(findings("routes/heartbeat_pulse.yaml", text))
                    .containsExactly("the file is in no folder: put it in routes/infrastructure/");
        }
    }

    @Test
    void aFurtherRouteIsNamedAfterTheFlow() {
        String further = "- route: { id: other, group: infrastructure, from: { uri: \"direct:other\", steps: [] } }\n";
        assertThat(findings(NAME, good + further))
                .containsExactly("a further route of heartbeat_pulse: write id: heartbeat_pulse.<part>");
    }

    @Test
    void aStepThatIsNotForFlowsIsSaidOnceWithThoseThatAre() {
        String text = good.replace(
                "        - removeVariable: { name: \"state:heartbeat_pulse.misses\" }",
                "        - sendTo: { uri: \"log:x\" }");
        assertThat(findings(NAME, text))
                .singleElement()
                .asString()
                .startsWith("the step sendTo is not for flows: ")
                .doesNotContain("bean", "process", "script");
        assertThat(findings(NAME, good.replace("- route:\n", "- rout:\n")))
                .first()
                .isEqualTo("rout does not belong in this folder: write - route:");
    }

    @Test
    void aFileThatEndsWithYmlIsSaidToBeNone() {
        assertThat(findings("routes/infrastructure/heartbeat_pulse.yml", good))
                .containsExactly("a flow's file ends with .yaml: call it heartbeat_pulse.yaml");
    }

    @Test
    void aSecondFileOfAFlowIsNamedWithTheFirst() {
        Finding taken = Checker.taken(new FlowFile("routes/operations/heartbeat_pulse.yaml", good), NAME);
        assertThat(taken.reason()).isEqualTo("the id is taken by " + NAME);
        assertThat(taken.fix())
                .isEqualTo("give routes/operations/heartbeat_pulse.yaml or " + NAME
                        + ", and the route in it, a name of its own");
    }

    private static List<String> findings(String name, String text) {
        return checker.check(new FlowFile(name, text)).stream()
                .map(finding -> finding.reason() + ": " + finding.fix())
                .toList();
    }
}
