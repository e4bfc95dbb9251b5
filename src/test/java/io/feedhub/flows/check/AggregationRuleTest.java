package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregationRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "idempotentConsumer: { idempotentRepository: \"#seen\", eager: false } | leave eager out",
                "idempotentConsumer: { simple: \".id\" } | write simple: \"${body[id]}\" or jq: .id",
                "idempotentConsumer: { simple: { expression: \"$body[id]\" } } | write simple: \"${body[id]}\" or jq: .id",
                "aggregate: { aggregationStrategy: \"#g\", optimisticLocking: true, executorService: \"#after-commit\" }"
                        + " | write aggregationRepository: with a bean of type io.feedhub.state.Batches",
                "aggregate: { aggregationRepository: \"#b\", executorService: \"#after-commit\" }"
                        + " | write optimisticLocking: true",
                "aggregate: { aggregationRepository: \"#b\", optimisticLocking: false, executorService: \"#after-commit\" }"
                        + " | write optimisticLocking: true",
                "aggregate: { aggregationRepository: \"#b\", optimisticLocking: true }"
                        + " | write executorService: \"#after-commit\"",
                "aggregate: { aggregationRepository: \"#b\", optimisticLocking: true, executorService: \"#after-commit\","
                        + " forceCompletionOnStop: true } | leave forceCompletionOnStop out",
                "aggregate: { aggregationRepository: \"#b\", optimisticLocking: true, executorService: \"#other\" }"
                        + " | write executorService: \"#after-commit\""
            })
    void whatWouldNotBeKeptIsRefused(String step, String fix) throws Refused {
        assertThat(new AggregationRule().check(tree(step)))
                .extracting(Finding::fix)
                .containsExactly(fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "idempotentConsumer: { idempotentRepository: \"#seen\" }",
                "idempotentConsumer: { idempotentRepository: \"#seen\", eager: true }",
                "idempotentConsumer: { simple: { expression: \"a ${body[id]}\" }, idempotentRepository: \"#seen\" }",
                "idempotentConsumer: { constant: \"meant so\", idempotentRepository: \"#seen\" }",
                "aggregate: { aggregationRepository: \"#b\", optimisticLocking: true, executorService: \"#after-commit\" }",
                "aggregate: { aggregationRepository: b, optimisticLocking: true, executorService: \"#bean:after-commit\" }"
            })
    void whatIsKeptIsGood(String step) throws Refused {
        assertThat(new AggregationRule().check(tree(step))).isEmpty();
    }

    private static FlowTree tree(String step) throws Refused {
        return FlowTree.of(
                new FlowFile("routes/operations/f.yaml", "- route: { from: { steps: [ { " + step + " } ] } }"));
    }
}
