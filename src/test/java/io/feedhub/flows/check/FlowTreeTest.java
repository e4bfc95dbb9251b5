package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class FlowTreeTest {

    /** Camel runs the last of them, so a rule that read the first would judge what does not run. */
    @Test
    void aKeyIsWrittenOnceInAnyMapping() {
        String text =
                """
                - route:
                    from:
                      steps:
                        - to: { uri: sql, parameters: { query: select 1, "query": drop table posts, batch: true, batch: false } }
                """;
        Refused refused = catchThrowableOfType(Refused.class, () -> FlowTree.of(file(text)));
        assertThat(refused.findings())
                .extracting(Finding::reason, Finding::line, Finding::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("query is written twice", 4, 58),
                        org.assertj.core.groups.Tuple.tuple("batch is written twice", 4, 98));
    }

    @Test
    void aKeyMayBeWrittenAgainInAnotherMapping() throws Refused {
        assertThat(FlowTree.of(file("- { a: { a: 1 }, b: [ { a: 1 }, { a: 1 } ] }"))
                        .mappings())
                .hasSize(4);
    }

    private static FlowFile file(String text) {
        return new FlowFile("routes/operations/f.yaml", text);
    }
}
