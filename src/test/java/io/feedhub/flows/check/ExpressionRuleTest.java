package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "choice: { when: [ { simple: \"${body} > 1\", steps: [] }, { simple: \"${body} >\", steps: [] } ] }",
                "choice: { when: [ { expression: { simple: \"${body} >\" }, steps: [] } ] }",
                "choice: { when: [ { simple: { expression: \"${body} >\" }, steps: [] } ] }",
                "choice: { when: [ { jq: \".a |\", steps: [] } ] }",
                "filter: { expression: { simple: \"${body} >\" }, steps: [] }",
                "setHeaders: { headers: [ { name: a, simple: \"${body\" } ] }",
                "setHeaders: { headers: [ { name: a, expression: { jq: \".a |\" } } ] }",
                "setVariables: { variables: [ { name: a, jq: \".a |\" }, { name: b, jq: .b } ] }"
            })
    void anExpressionIsReadWhereverItStands(String step) throws Refused {
        assertThat(new ExpressionRule().check(tree(step))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "choice: { when: [ { simple: \"${body} > 1\", steps: [] }, { jq: \".a | length > 0\", steps: [] } ] }",
                "setHeaders: { headers: [ { name: a, simple: \"a >\" }, { name: b, jq: .b } ] }"
            })
    void oneThatCanBeReadIsGood(String step) throws Refused {
        assertThat(new ExpressionRule().check(tree(step))).isEmpty();
    }

    private static FlowTree tree(String step) throws Refused {
        return FlowTree.of(
                new FlowFile("routes/operations/f.yaml", "- route: { from: { steps: [ { " + step + " } ] } }"));
    }
}
