package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** How a flow wants to be run, in the {@code routeProperty} list of its route. Names with a dot are somebody else's. */
final class TermsRule implements Rule {
    /** Above zero, and of some 30 years at most: PostgreSQL's intervals have an end. */
    private static final String DURATION =
            "[1-9]\\d{0,11}ms|[1-9]\\d{0,8}s|[1-9]\\d{0,6}m|[1-9]\\d{0,4}h|[1-9]\\d{0,3}d";

    private static final Map<String, String> VALUES = Map.of(
            "catchUp", "skip|once|all",
            "overlap", "skip|queue|allow",
            "timeLimit", DURATION,
            "rerun", "true|false",
            "silence", DURATION,
            "runsOn", "[a-z][a-z0-9-]*");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        for (MappingNode route : tree.routes()) {
            FlowTree.member(route, "routeProperty")
                    .filter(SequenceNode.class::isInstance)
                    .ifPresent(list -> ((SequenceNode) list).getValue().forEach(term -> check(tree, term, findings)));
        }
        return findings;
    }

    private static void check(FlowTree tree, Node term, List<Finding> findings) {
        Node key = FlowTree.member(term, "key").orElse(term);
        Node value = FlowTree.member(term, "value").orElse(term);
        String name = FlowTree.text(key).orElse("");
        if (name.contains(".")) {
            return;
        }
        Set<String> names = new TreeSet<>(VALUES.keySet());
        String pattern = VALUES.get(name);
        if (pattern == null) {
            findings.add(tree.finding(key, "unknown routeProperty " + name, Vocabulary.instead(name, names)));
        } else if (!Pattern.matches(pattern, FlowTree.text(value).orElse(""))) {
            String choices = pattern.equals(DURATION)
                    ? "a duration above zero, such as 90s, 10m, 6h or 2d, and at most 9999d"
                    : pattern.startsWith("[")
                            ? "a label of a node, such as mac"
                            : "one of: " + pattern.replace("|", ", ");
            findings.add(tree.finding(
                    value, name + " cannot be " + FlowTree.text(value).orElse(""), "write " + choices));
        }
    }
}
