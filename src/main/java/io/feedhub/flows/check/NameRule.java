package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What a flow names is its own: no order to Camel, nothing that the hub keeps there, and no name that data make. */
final class NameRule implements Rule {
    /** Of headers, variables and properties; of those in an endpoint's parameters only an option that means one. */
    private static final Set<String> WORDS =
            Set.of("name", "outputHeader", "variableReceive", "variableSend", "statusPropertyName");

    /** Each may be written with nothing but the name. */
    private static final Set<String> STEPS = Set.of("removeHeader", "removeProperty", "removeVariable");

    private static final String OPTION = "outputHeader";

    /** By such headers components are told another address, query or file, and by such properties the engine what to do. */
    private static final Pattern ORDER =
            Pattern.compile("(?i)\\s*camel(?!AggregationCompleteAllGroups).*", Pattern.DOTALL);

    /** Where the hub keeps whose run this is. */
    private static final Pattern OWN = Pattern.compile("(?i)\\s*feedhub\\..*", Pattern.DOTALL);

    private static final Pattern MADE = Pattern.compile("\\$(?:simple)?\\{");

    private static final Pattern IN_ADDRESS = Pattern.compile("(?i)\\boutputHeader=\\s*camel");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        Set<Node> options = new HashSet<>();
        for (MappingNode mapping : tree.mappings()) {
            FlowTree.member(mapping, "parameters").ifPresent(options::add);
            for (NodeTuple member : mapping.getValue()) {
                String word = FlowTree.text(member.getKeyNode()).orElse("");
                boolean isName =
                        options.contains(mapping) ? word.equals(OPTION) : WORDS.contains(word) || STEPS.contains(word);
                if (isName && member.getValueNode() instanceof ScalarNode name) {
                    check(tree, name, findings);
                }
            }
        }
        tree.endpoints().stream()
                .filter(endpoint -> IN_ADDRESS.matcher(endpoint.address()).find())
                .forEach(endpoint -> findings.add(order(tree, endpoint.uri(), OPTION)));
        return findings;
    }

    private static void check(FlowTree tree, ScalarNode place, List<Finding> findings) {
        String name = place.getValue();
        if (ORDER.matcher(name).matches()) {
            findings.add(order(tree, place, name));
        } else if (OWN.matcher(name).matches()) {
            findings.add(tree.finding(place, name + " is the hub's own", "take another name"));
        } else if (MADE.matcher(name).find()) {
            findings.add(tree.finding(
                    place, "a name is not made of data", "write one name, and keep the data under it with jq"));
        }
    }

    private static Finding order(FlowTree tree, Node place, String name) {
        return tree.finding(place, name + " is an order to Camel, not for flows", "take another name");
    }
}
