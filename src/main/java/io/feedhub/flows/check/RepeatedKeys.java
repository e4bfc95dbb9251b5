package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** A key stands once in a mapping: of two Camel takes the last, so the rules would judge what does not run. */
final class RepeatedKeys {
    private RepeatedKeys() {}

    /** The tree itself, or a refusal that names each key that is there again. */
    static FlowTree noneIn(FlowTree tree) throws Refused {
        List<Finding> findings = new ArrayList<>();
        for (MappingNode mapping : tree.mappings()) {
            Set<String> written = new HashSet<>();
            for (NodeTuple member : mapping.getValue()) {
                Node key = member.getKeyNode();
                FlowTree.text(key)
                        .filter(name -> !written.add(name))
                        .ifPresent(name ->
                                findings.add(tree.finding(key, name + " is written twice", "leave one of them out")));
            }
        }
        if (!findings.isEmpty()) {
            throw new Refused(findings);
        }
        return tree;
    }
}
