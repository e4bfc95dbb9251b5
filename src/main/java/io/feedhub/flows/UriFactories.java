package io.feedhub.flows;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultUriFactoryResolver;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.UriFactoryResolver;
import org.jspecify.annotations.Nullable;

/**
 * One factory of endpoint URIs for each component. By itself Camel asks the registry, and has Spring make a new one, for each
 * endpoint of each route. For one context; thread-safe.
 */
final class UriFactories implements UriFactoryResolver {
    private final UriFactoryResolver camels = new DefaultUriFactoryResolver();
    private final Map<String, EndpointUriFactory> kept = new ConcurrentHashMap<>();

    @Override
    public @Nullable EndpointUriFactory resolveFactory(String component, CamelContext context) {
        return kept.computeIfAbsent(component, name -> camels.resolveFactory(name, context));
    }
}
