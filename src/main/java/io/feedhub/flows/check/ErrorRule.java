package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Exceptions that a flow catches or throws exist. */
final class ErrorRule implements Rule {

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        for (MappingNode mapping : tree.mappings()) {
            FlowTree.member(mapping, "exception")
                    .filter(SequenceNode.class::isInstance)
                    .ifPresent(list -> ((SequenceNode) list).getValue().forEach(name -> check(tree, name)
                            .ifPresent(findings::add)));
            FlowTree.member(mapping, "exceptionType")
                    .flatMap(name -> check(tree, name))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> check(FlowTree tree, Node place) {
        String name = FlowTree.text(place).orElse("");
        try {
            Class<?> type = Class.forName(name, false, ErrorRule.class.getClassLoader());
            return Throwable.class.isAssignableFrom(type)
                    ? Optional.empty()
                    : Optional.of(
                            tree.finding(place, name + " is not an exception", "write the class of an exception"));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(tree.finding(
                    place, "unknown exception " + name, "write it with its package, such as java.io.IOException"));
        }
    }
}
