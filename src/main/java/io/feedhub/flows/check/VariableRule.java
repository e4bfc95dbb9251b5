package io.feedhub.flows.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Variables are the run's own, or remembered in the database; Camel's other places lose them at a restart. */
final class VariableRule implements Rule {
    private static final Set<String> STEPS = Set.of("setVariable", "setVariables", "removeVariable");
    private static final Set<String> OPTIONS = Set.of("variableSend", "variableReceive");

    @Override
    public List<Finding> check(FlowTree tree) {
        return tree.mappings().stream()
                .flatMap(mapping -> mapping.getValue().stream())
                .flatMap(VariableRule::names)
                .filter(place -> !isKnown(FlowTree.text(place).orElse("")))
                .map(place -> tree.finding(
                        place,
                        "there is no such place for variables",
                        "write a name without a colon, or state:" + tree.file().id() + ".<name>"))
                .toList();
    }

    private static Stream<Node> names(NodeTuple member) {
        String word = FlowTree.text(member.getKeyNode()).orElse("");
        if (OPTIONS.contains(word)) {
            return Stream.of(member.getValueNode());
        }
        return STEPS.contains(word) ? named(member.getValueNode()) : Stream.empty();
    }

    private static Stream<Node> named(Node step) {
        if (step instanceof SequenceNode several) {
            return several.getValue().stream().flatMap(VariableRule::named);
        }
        if (step instanceof MappingNode mapping) {
            return Stream.concat(
                    FlowTree.member(mapping, "name").stream(),
                    FlowTree.member(mapping, "variables").stream().flatMap(VariableRule::named));
        }
        return Stream.empty();
    }

    private static boolean isKnown(String name) {
        return !name.contains(":") || name.startsWith("state:");
    }
}
