package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Values become texts, numbers, maps and lists only: Camel makes an object of any class that is built from a text. */
final class TypeRule implements Rule {
    private static final Pattern PLAIN =
            Pattern.compile("(java\\.lang\\.)?(String|Boolean|Integer|Long|Short|Byte|Double|Float|Number)"
                    + "|boolean|int|long|short|byte|double|float|byte\\[]"
                    + "|java\\.math\\.(BigDecimal|BigInteger)|(java\\.util\\.)?(Map|List)");

    /** In an expression; the last of what is in its brackets is the type. */
    private static final Pattern AS = Pattern.compile(
            "\\b(?:bodyAs|mandatoryBodyAs|messageAs|headerAs|variableAs|exchangePropertyAs|attachmentContentAs)\\b(?:\\((?:[^()]*,)?([^(),]*)\\))?");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        for (MappingNode mapping : tree.mappings()) {
            mapping.getValue().forEach(member -> member(tree, member, findings));
        }
        for (ScalarNode scalar : tree.scalars()) {
            if (scalar.getValue().contains("${") || scalar.getValue().contains("$simple{")) {
                expression(tree, scalar, findings);
            }
        }
        return findings;
    }

    private static void member(FlowTree tree, NodeTuple member, List<Finding> findings) {
        String name = FlowTree.text(member.getKeyNode()).orElse("");
        Node value = member.getValueNode();
        if (name.equals("resultType")) {
            plain(tree, value, findings);
        } else if (name.equals("convertBodyTo")) {
            plain(tree, FlowTree.member(value, "type").orElse(value), findings);
        }
    }

    private static void plain(FlowTree tree, Node place, List<Finding> findings) {
        FlowTree.text(place)
                .filter(type -> !PLAIN.matcher(type.strip()).matches())
                .ifPresent(type -> findings.add(refused(tree, place, type)));
    }

    private static void expression(FlowTree tree, ScalarNode place, List<Finding> findings) {
        Matcher as = AS.matcher(place.getValue());
        while (as.find()) {
            String type = as.group(1) == null ? "" : as.group(1).strip().replaceAll("^['\"]|['\"]$", "");
            if (!PLAIN.matcher(type).matches()) {
                findings.add(refused(tree, place, type));
            }
        }
    }

    private static Finding refused(FlowTree tree, Node place, String type) {
        return tree.finding(
                place,
                "a flow makes no " + (type.isEmpty() ? "value of an unknown type" : type),
                "write String, Boolean, Integer, Long, Double, java.util.Map, java.util.List or byte[]");
    }
}
