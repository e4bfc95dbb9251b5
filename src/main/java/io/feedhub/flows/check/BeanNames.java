package io.feedhub.flows.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Which beans a file of {@code beans/} defines, and which flows name them. */
public final class BeanNames {
    private BeanNames() {}

    /** The names of the beans in a file; none when it cannot be read. */
    public static Set<String> in(FlowFile file) {
        try {
            Set<String> names = new TreeSet<>();
            FlowTree.of(file).entries().forEach(entry -> FlowTree.member(entry, "beans")
                    .ifPresent(beans -> elements(beans)
                            .forEach(bean -> FlowTree.text(bean, "name").ifPresent(names::add))));
            return names;
        } catch (Refused e) {
            return Set.of();
        }
    }

    /** Whether a flow mentions a bean; too often is no harm, too seldom would leave it with the old one. */
    public static boolean isNamed(String bean, FlowFile flow) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(bean) + "(?![\\w-])")
                .matcher(flow.text())
                .find();
    }

    /** What a flow would miss without these beans. */
    public static List<Finding> missed(Set<String> beans, FlowFile flow) {
        try {
            FlowTree tree = FlowTree.of(flow);
            return BeanRule.named(tree)
                    .filter(place -> beans.contains(BeanRule.bean(place)))
                    .map(place -> tree.finding(
                            place,
                            "the bean " + BeanRule.bean(place) + " would be gone",
                            "take it out of the flow first"))
                    .toList();
        } catch (Refused e) {
            return List.of();
        }
    }

    private static List<Node> elements(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }
}
