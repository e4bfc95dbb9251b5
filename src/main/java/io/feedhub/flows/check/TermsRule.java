package io.feedhub.flows.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.springframework.boot.convert.DurationStyle;

/** How a flow wants to be run, in the {@code routeProperty} list of its route. Names with a dot are somebody else's. */
final class TermsRule implements Rule {
    private static final String DURATION = "a duration";

    /** As long as {@code schedule.Terms} takes, for PostgreSQL's intervals have an end. */
    private static final Duration LONGEST = Duration.ofDays(9999);

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
        String said = FlowTree.text(value).orElse("");
        if (pattern == null) {
            findings.add(tree.finding(key, "unknown routeProperty " + name, Vocabulary.instead(name, names)));
        } else if (pattern.equals(DURATION) ? !isDuration(said) : !Pattern.matches(pattern, said)) {
            findings.add(tree.finding(value, name + " cannot be " + said, "write " + choices(pattern)));
        }
    }

    /** Read as {@code schedule.Terms} reads it when the flow starts. */
    private static boolean isDuration(String text) {
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            return !duration.isZero() && !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String choices(String pattern) {
        if (pattern.equals(DURATION)) {
            return "a duration above zero, such as 90s, 10m, 6h or 2d, and at most 9999d";
        }
        return pattern.startsWith("[") ? "a label of a node, such as mac" : "one of: " + pattern.replace("|", ", ");
    }
}
