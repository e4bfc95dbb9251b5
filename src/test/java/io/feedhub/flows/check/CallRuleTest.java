package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallRuleTest {
    private static final Vocabulary HUB = new Vocabulary(Set.of(), Map.of(), Set.of(), Set.of(), Set::of, null);
    private static final Vocabulary ALL = HUB.withRoutes(() -> Set.of("direct:other", "direct:other.part"));
    private static final String FLOW =
            """
            - route: { id: f, from: { uri: "quartz:operations/f", steps: [ { to: %s } ] } }
            - route: { id: f.part, from: { uri: "direct:f.part", steps: [] } }
            """;

    @Test
    void aPartOfTheFlowIsInItsFile() throws Refused {
        for (String call : new String[] {
            "direct:f.part", "{ uri: \"direct:f.part?timeout=1\" }", "{ uri: direct, parameters: { name: f.part } }"
        }) {
            assertThat(findings(HUB, call)).as(call).isEmpty();
        }
        for (String call : new String[] {
            "direct:f.prat", "{ uri: \"direct:f.prat?timeout=1\" }", "{ uri: direct, parameters: { name: f.prat } }"
        }) {
            assertThat(findings(HUB, call)).containsExactly("unknown route direct:f.prat: did you mean direct:f.part?");
        }
        assertThat(findings(HUB, "direct:f")).containsExactly("unknown route direct:f: write one of: direct:f.part");
    }

    /** The hub reads one file at a time, and the other may be the next. */
    @Test
    void anotherFlowIsAskedForOnlyWhereAllAreKnown() throws Refused {
        assertThat(findings(HUB, "direct:othre")).isEmpty();
        assertThat(findings(ALL, "direct:other.part")).isEmpty();
        assertThat(findings(ALL, "direct:f.part")).isEmpty();
        assertThat(findings(ALL, "direct:othre"))
                .containsExactly("unknown route direct:othre: did you mean direct:other?");
    }

    private static java.util.List<String> findings(Vocabulary words, String call) throws Refused {
        FlowTree tree = FlowTree.of(new FlowFile("routes/operations/f.yaml", FLOW.formatted(call)));
        return new CallRule(words)
                .check(tree).stream()
                        .map(finding -> finding.reason() + ": " + finding.fix())
                        .toList();
    }
}
