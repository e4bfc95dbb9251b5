package io.feedhub.flows.check;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * An address in a flow, and what is said with it.
 *
 * @param uri where it is written
 * @param step the mapping that it is in
 */
record Endpoint(ScalarNode uri, MappingNode step) {
    String address() {
        return uri.getValue();
    }

    String scheme() {
        return address().split("[:?]", 2)[0];
    }

    Optional<MappingNode> parameters() {
        return FlowTree.member(step, "parameters")
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast);
    }
}
