package io.feedhub.flows.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is remembered of an item, its key or its place in a batch, is kept in the item's transaction or not at all. */
final class AggregationRule implements Rule {
    /** What a simple expression computes, or a property may hold. */
    private static final Pattern COMPUTED = Pattern.compile("\\$(?:simple)?\\{|\\{\\{");

    private static final String EXECUTOR = "after-commit";

    @Override
    public List<Finding> check(FlowTree tree) {
        return tree.mappings().stream()
                .flatMap(step -> Stream.concat(
                        FlowTree.member(step, "idempotentConsumer").stream()
                                .flatMap(once -> Stream.of(key(tree, once), sameKey(tree, once)))
                                .flatMap(Optional::stream),
                        FlowTree.member(step, "aggregate").stream()
                                .flatMap(batch -> Stream.of(
                                        repository(tree, batch),
                                        locking(tree, batch),
                                        executor(tree, batch),
                                        stop(tree, batch, "forceCompletionOnStop"),
                                        stop(tree, batch, "completeAllOnStop")))
                                .flatMap(Optional::stream)))
                .toList();
    }

    private static Optional<Finding> key(FlowTree tree, Node step) {
        return FlowTree.member(step, "eager")
                .filter(eager -> !FlowTree.text(eager).orElse("").equals("true"))
                .map(eager -> tree.finding(
                        eager, "the key would come after the transaction and never be kept", "leave eager out"));
    }

    private static Optional<Finding> sameKey(FlowTree tree, Node step) {
        return FlowTree.member(step, "simple")
                .map(simple -> FlowTree.member(simple, "expression").orElse(simple))
                .filter(key -> FlowTree.text(key)
                        .filter(COMPUTED.asPredicate().negate())
                        .isPresent())
                .map(key -> tree.finding(
                        key,
                        "each item has this key, so none but the first comes through",
                        "write simple: \"${body[id]}\" or jq: .id"));
    }

    private static Optional<Finding> repository(FlowTree tree, Node batch) {
        return unless(
                FlowTree.member(batch, "aggregationRepository").isPresent(),
                tree.finding(
                        batch,
                        "what waits would be lost with the hub",
                        "write aggregationRepository: with a bean of type io.feedhub.state.Batches"));
    }

    /** An edit would wait for it, and a stop. */
    private static Optional<Finding> stop(FlowTree tree, Node batch, String option) {
        return FlowTree.member(batch, option)
                .map(wanted -> tree.finding(
                        wanted, "what waits is in the database and goes on waiting there", "leave " + option + " out"));
    }

    private static Optional<Finding> locking(FlowTree tree, Node batch) {
        return unless(
                FlowTree.text(batch, "optimisticLocking").orElse("").equals("true"),
                tree.finding(
                        FlowTree.member(batch, "optimisticLocking").orElse(batch),
                        "two items that come at once would lose one of them",
                        "write optimisticLocking: true"));
    }

    private static Optional<Finding> executor(FlowTree tree, Node batch) {
        Optional<Node> executor = FlowTree.member(batch, "executorService");
        return unless(
                executor.map(BeanRule::bean).filter(EXECUTOR::equals).isPresent(),
                tree.finding(
                        executor.orElse(batch),
                        "a batch would be delivered before its last item is committed",
                        "write executorService: \"#" + EXECUTOR + "\""));
    }

    private static Optional<Finding> unless(boolean isGood, Finding finding) {
        return isGood ? Optional.empty() : Optional.of(finding);
    }
}
