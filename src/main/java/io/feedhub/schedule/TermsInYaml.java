package io.feedhub.schedule;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.dsl.yaml.common.YamlDeserializerResolver;
import org.apache.camel.dsl.yaml.deserializers.RouteDefinitionDeserializer;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.springframework.stereotype.Component;

/** Reads {@code routeProperty}, which Camel's model, XML and Java have and its YAML of 4.17 leaves out. */
@Component
final class TermsInYaml implements YamlDeserializerResolver {
    private static final String PROPERTIES = "routeProperty";

    @Override
    public int getOrder() {
        return ORDER_HIGHEST;
    }

    @Override
    public @Nullable ConstructNode resolve(String id) {
        return id.equals("route") || id.equals(RouteDefinition.class.getName()) ? new Route() : null;
    }

    private static final class Route extends RouteDefinitionDeserializer {

        @Override
        protected void setProperties(RouteDefinition route, MappingNode node) {
            List<NodeTuple> all = node.getValue();
            all.stream()
                    .filter(Route::isProperties)
                    .map(NodeTuple::getValueNode)
                    .filter(SequenceNode.class::isInstance)
                    .flatMap(list -> ((SequenceNode) list).getValue().stream())
                    .forEach(entry -> route.routeProperty(text(entry, "key"), text(entry, "value")));
            node.setValue(all.stream().filter(tuple -> !isProperties(tuple)).collect(Collectors.toList()));
            super.setProperties(route, node);
        }

        private static boolean isProperties(NodeTuple tuple) {
            return tuple.getKeyNode() instanceof ScalarNode key
                    && key.getValue().equals(PROPERTIES);
        }

        private static String text(Node entry, String name) {
            if (entry instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(name)
                            && tuple.getValueNode() instanceof ScalarNode value) {
                        return value.getValue();
                    }
                }
            }
            throw new IllegalArgumentException(
                    "an entry of routeProperty has no " + name + "; write { key: …, value: … }");
        }
    }
}
