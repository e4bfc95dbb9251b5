package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerResolver;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.service.ServiceHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;

/** Camel's YAML loader with the resolvers of the registry, which Camel 4.17 documents and forgets to ask. */
final class YamlLoader extends YamlRoutesBuilderLoader {

    private YamlLoader() {}

    /** Makes a context read its YAML with this loader. */
    static void installIn(CamelContext context) {
        YamlLoader loader = new YamlLoader();
        loader.setCamelContext(context);
        ServiceHelper.startService(loader);
        context.getRegistry().bind(DefaultRoutesLoader.ROUTES_LOADER_KEY_PREFIX + EXTENSION, loader);
    }

    /** Camel reads a file twice, first for the beans in it; only the files of {@code beans/} have any. */
    @Override
    public void preParseRoute(Resource file) throws Exception {
        if (new FlowFile(file.getLocation(), "").isBeans()) {
            super.preParseRoute(file);
        }
    }

    @Override
    protected RouteBuilder builder(YamlDeserializationContext context, Node file) {
        ParameterPassage.pack(file);
        return super.builder(context, file);
    }

    @Override
    protected YamlDeserializationContext newYamlDeserializationContext(LoadSettings settings, Resource resource) {
        YamlDeserializationContext context = super.newYamlDeserializationContext(settings, resource);
        context.addResolvers(getCamelContext().getRegistry().findByType(YamlDeserializerResolver.class));
        return context;
    }
}
