package io.feedhub.flows.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a flow's file says about itself.
 *
 * @param id of its first route; empty when it does not say
 * @param group the domain that it says it belongs to; empty when it does not say
 * @param description one line; empty when there is none
 * @param schedule the cron expression, or null when something else starts the flow
 */
public record Outline(String id, String group, String description, @Nullable String schedule) {

    /** The outline of a file, as far as it can be read. */
    public static Outline of(FlowFile file) {
        try {
            Optional<MappingNode> route = FlowTree.of(file).routes().stream().findFirst();
            return new Outline(
                    route.flatMap(node -> FlowTree.text(node, "id")).orElse(""),
                    route.flatMap(node -> FlowTree.text(node, "group")).orElse(""),
                    route.flatMap(node -> FlowTree.text(node, "description")).orElse(""),
                    route.flatMap(Outline::cron).orElse(null));
        } catch (Refused e) {
            return new Outline("", "", "", null);
        }
    }

    private static Optional<String> cron(Node route) {
        return FlowTree.member(route, "from")
                .flatMap(from -> FlowTree.member(from, "parameters"))
                .flatMap(parameters -> FlowTree.text(parameters, "cron"));
    }
}
