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

    /** Nothing puts them into a transaction, without which the hub refuses the write when they run. */
    private static final Set<String> WRITES_NO_STATE = Set.of("setVariables", "variableReceive");

    @Override
    public List<Finding> check(FlowTree tree) {
        return tree.mappings().stream()
                .flatMap(mapping -> mapping.getValue().stream())
                .flatMap(member -> check(tree, member))
                .toList();
    }

    private static Stream<Finding> check(FlowTree tree, NodeTuple member) {
        String word = FlowTree.text(member.getKeyNode()).orElse("");
        return names(word, member.getValueNode()).flatMap(place -> {
            String name = FlowTree.text(place).orElse("");
            if (!isKnown(name)) {
                return Stream.of(tree.finding(
                        place,
                        "there is no such place for variables",
                        "write a name without a colon, or state:" + tree.file().id() + ".<name>"));
            }
            return isState(name) && WRITES_NO_STATE.contains(word)
                    ? Stream.of(tree.finding(
                            place,
                            word + " writes no " + name,
                            "write a step of its own, setVariable: { name: \"" + name + "\", … }"))
                    : Stream.empty();
        });
    }

    private static Stream<Node> names(String word, Node value) {
        if (OPTIONS.contains(word)) {
            return Stream.of(value);
        }
        return STEPS.contains(word) ? named(value) : Stream.empty();
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
        return !name.contains(":") || isState(name);
    }

    private static boolean isState(String name) {
        return name.startsWith("state:");
    }
}
