package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** A flow says in one sentence and six lines what it is for, and is short enough to be read. */
final class HeaderRule implements Rule {
    private static final List<String> LINES = List.of("when", "reads", "writes", "posts", "keeps", "fails");
    private static final int LONGEST = 80;

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        tree.routes().stream().findFirst().ifPresent(route -> {
            prefix(tree, route).ifPresent(findings::add);
            description(tree, route).ifPresent(findings::add);
            note(tree, route).ifPresent(findings::add);
        });
        long lines = tree.file().text().lines().count();
        if (lines > LONGEST) {
            findings.add(new Finding(
                    tree.file().name(),
                    LONGEST + 1,
                    1,
                    "the flow has " + lines + " lines, " + LONGEST + " are the most",
                    "give a part of it a route of its own in another flow, or ask for a connector"));
        }
        return findings;
    }

    private static Optional<Finding> prefix(FlowTree tree, MappingNode route) {
        String wanted = tree.file().id() + "-";
        boolean isGood =
                FlowTree.text(route, "nodePrefixId").filter(wanted::equals).isPresent();
        return isGood || !FlowFile.isFlowId(tree.file().id())
                ? Optional.empty()
                : Optional.of(tree.finding(
                        FlowTree.member(route, "nodePrefixId").orElse(route),
                        "steps of different flows could have the same name",
                        "write nodePrefixId: " + wanted));
    }

    private static Optional<Finding> description(FlowTree tree, MappingNode route) {
        Optional<Node> description = FlowTree.member(route, "description");
        if (description.flatMap(FlowTree::text).orElse("").isBlank()) {
            return Optional.of(tree.finding(
                    description.orElse(route), "the flow has no description", "add description: and one sentence"));
        }
        return description
                .filter(text -> tree.comment(text).isPresent())
                .map(cut -> tree.finding(
                        cut, "the description ends before the #, which begins a comment", "put it in quotes"));
    }

    private static Optional<Finding> note(FlowTree tree, MappingNode route) {
        Node place = FlowTree.member(route, "note").orElse(route);
        List<String> said = FlowTree.text(route, "note")
                .orElse("")
                .lines()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .toList();
        return LINES.stream()
                .filter(line -> !said.contains(line))
                .findFirst()
                .map(line -> tree.finding(
                        place,
                        "the note has no line " + line,
                        "write the lines " + String.join(", ", LINES) + " in note: |-"));
    }
}
