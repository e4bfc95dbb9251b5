package io.feedhub.state;

import org.apache.camel.dsl.yaml.common.YamlDeserializerResolver;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializers.AggregateDefinitionDeserializer;
import org.apache.camel.model.AggregateDefinition;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.springframework.stereotype.Component;

/** Reads {@code aggregate}, and puts {@link BatchStrategy} around the strategy of one whose items wait in a repository. */
@Component
final class BatchesInYaml implements YamlDeserializerResolver {

    /** Of two with one number Camel asks one. */
    @Override
    public int getOrder() {
        return ORDER_HIGHEST + 1;
    }

    @Override
    public @Nullable ConstructNode resolve(String id) {
        return id.equals("aggregate") || id.equals(AggregateDefinition.class.getName()) ? new Aggregate() : null;
    }

    private static final class Aggregate extends AggregateDefinitionDeserializer {

        @Override
        protected void afterPropertiesSet(AggregateDefinition aggregate, Node node) {
            super.afterPropertiesSet(aggregate, node);
            String strategy = aggregate.getAggregationStrategy();
            String repository = aggregate.getAggregationRepository();
            if (strategy != null && repository != null) {
                aggregate.setAggregationStrategy(new BatchStrategy(strategy, repository));
            }
        }
    }
}
