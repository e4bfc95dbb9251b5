package io.feedhub.flows.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Beans that a flow names are in {@code beans/} or come with the hub. */
final class BeanRule implements Rule {
    /** What the hub has for flows. */
    static final Set<String> OF_THE_HUB = Set.of("seen", "one-transaction", "in-batches", "after-commit");

    private static final Set<String> NAMING = Set.of(
            "ref", "idempotentRepository", "aggregationRepository", "aggregationStrategy", "executorService", "shape");

    private final Vocabulary words;

    BeanRule(Vocabulary words) {
        this.words = words;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        Set<String> names = new TreeSet<>(OF_THE_HUB);
        names.addAll(words.beans().get());
        return named(tree)
                .filter(place -> !names.contains(bean(place)))
                .map(place ->
                        tree.finding(place, "unknown bean " + bean(place), Vocabulary.instead(bean(place), names)))
                .toList();
    }

    /** Where a file names a bean. */
    static Stream<Node> named(FlowTree tree) {
        return tree.mappings().stream()
                .flatMap(mapping -> mapping.getValue().stream())
                .filter(member ->
                        NAMING.contains(FlowTree.text(member.getKeyNode()).orElse("")))
                .map(NodeTuple::getValueNode);
    }

    /** The name that stands there. */
    static String bean(Node place) {
        return FlowTree.text(place).orElse("").replaceFirst("^#(bean:)?", "");
    }
}
