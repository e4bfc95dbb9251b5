package io.feedhub.flows.check;

import io.feedhub.runs.RouteName;
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
        FlowFile file = tree.file();
        boolean first = true;
        if (!FlowFile.isFlowId(file.id())) {
            findings.add(new Finding(
                    file.name(),
                    1,
                    1,
                    "the file's name is not one for a flow",
                    "at most 63 lower-case letters, digits and _, such as heartbeat_pulse.yaml"));
        }
        if (isInNoFolder(file)) {
            findings.add(new Finding(file.name(), 1, 1, "the file is in no folder", "put it in " + folder(tree)));
        }
        for (MappingNode route : tree.routes()) {
            if (FlowFile.isFlowId(file.id())) {
                id(tree, route, first).ifPresent(findings::add);
            }
            if (!isInNoFolder(file)) {
                group(tree, route).ifPresent(findings::add);
            }
            first = false;
        }
        return findings;
    }

    /** Whether the file's place says what its routes are called; if not, that is to be put right first. */
    static boolean isPlaced(FlowFile file) {
        return FlowFile.isFlowId(file.id()) && !file.domain().isEmpty();
    }

    private static boolean isInNoFolder(FlowFile file) {
        return file.name().split("/").length < 3;
    }

    private static String folder(FlowTree tree) {
        return "routes/"
                + tree.routes().stream()
                        .flatMap(route -> FlowTree.text(route, "group").stream())
                        .filter(group -> group.matches(GROUP))
                        .findFirst()
                        .orElse("infrastructure")
                + "/";
    }

    private static Optional<Finding> id(FlowTree tree, MappingNode route, boolean first) {
        String flow = tree.file().id();
        String id = FlowTree.text(route, "id").orElse("");
        Node place = FlowTree.member(route, "id").orElse(route);
        if (first) {
            String reason = id.isEmpty() ? "the route has no id" : "the id is " + id + ", the file is called " + flow;
            return id.equals(flow) ? Optional.empty() : Optional.of(tree.finding(place, reason, "write id: " + flow));
        }
        return RouteName.isPartOf(flow, id)
                ? Optional.empty()
                : Optional.of(tree.finding(place, "a further route of " + flow, "write id: " + flow + ".<part>"));
    }

    private static Optional<Finding> group(FlowTree tree, MappingNode route) {
        String domain = tree.file().domain();
        String group = FlowTree.text(route, "group").orElse("");
        Node place = FlowTree.member(route, "group").orElse(route);
        if (group.equals(domain)) {
            return group.matches(GROUP)
                    ? Optional.empty()
                    : Optional.of(tree.finding(
                            place,
                            "the group's name is not one for a folder",
                            "lower-case letters, digits, _ and -, such as infrastructure"));
        }
        return Optional.of(tree.finding(place, "the group is not the folder", "write group: " + domain));
    }
}
