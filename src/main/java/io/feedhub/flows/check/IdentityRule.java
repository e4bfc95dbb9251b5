package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** File name = id of the first route, folder = its group; further routes of the flow are called {@code <flow>.<part>}. */
final class IdentityRule implements Rule {
    private static final String GROUP = "[a-z][a-z0-9_-]*";

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        String flow = tree.file().id();
        boolean first = true;
        if (!FlowFile.isFlowId(flow)) {
            findings.add(new Finding(
                    tree.file().name(),
                    1,
                    1,
                    "the file's name is not one for a flow",
                    "at most 63 lower-case letters, digits and _, such as heartbeat_pulse.yaml"));
        }
        for (MappingNode route : tree.routes()) {
            String id = FlowTree.text(route, "id").orElse("");
            if (first && !id.equals(flow)) {
                Node place = FlowTree.member(route, "id").orElse(route);
                String reason =
                        id.isEmpty() ? "the route has no id" : "the id is " + id + ", the file is called " + flow;
                findings.add(tree.finding(place, reason, "write id: " + flow));
            } else if (!first && !id.startsWith(flow + ".")) {
                Node place = FlowTree.member(route, "id").orElse(route);
                findings.add(tree.finding(place, "a further route of " + flow, "write id: " + flow + ".<part>"));
            }
            group(tree, route).ifPresent(findings::add);
            first = false;
        }
        return findings;
    }

    private static Optional<Finding> group(FlowTree tree, MappingNode route) {
        String domain = tree.file().domain();
        String group = FlowTree.text(route, "group").orElse("");
        Node place = FlowTree.member(route, "group").orElse(route);
        if (group.equals(domain)) {
            boolean isInNoFolder = group.isEmpty() && tree.file().name().split("/").length < 3;
            return group.matches(GROUP) || isInNoFolder
                    ? Optional.empty()
                    : Optional.of(tree.finding(
                            place,
                            "the group's name is not one for a folder",
                            "lower-case letters, digits, _ and -, such as infrastructure"));
        }
        return Optional.of(tree.finding(place, "the group is not the folder", "write group: " + domain));
    }
}
