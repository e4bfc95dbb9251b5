package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Beans that a flow names are in {@code beans/} or come with the hub. */
final class BeanRule implements Rule {
    /** What the hub has for flows. */
    static final Set<String> OF_THE_HUB = Set.of("seen", "one-transaction", "in-batches", "after-commit");

    private static final Set<String> NAMING =
            Set.of("ref", "idempotentRepository", "aggregationRepository", "aggregationStrategy", "executorService");

    private final Vocabulary words;

    BeanRule(Vocabulary words) {
        this.words = words;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        Set<String> names = new TreeSet<>(OF_THE_HUB);
        names.addAll(words.beans().get());
        List<Finding> findings = new ArrayList<>();
        for (MappingNode mapping : tree.mappings()) {
            for (NodeTuple member : mapping.getValue()) {
                if (NAMING.contains(FlowTree.text(member.getKeyNode()).orElse(""))) {
                    check(tree, member.getValueNode(), names, findings);
                }
            }
        }
        return findings;
    }

    private static void check(FlowTree tree, Node place, Set<String> names, List<Finding> findings) {
        String name = FlowTree.text(place).orElse("").replaceFirst("^#(bean:)?", "");
        if (!names.contains(name)) {
            findings.add(tree.finding(place, "unknown bean " + name, Vocabulary.instead(name, names)));
        }
    }
}
