package io.feedhub.flows;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletComponent;
import org.springframework.stereotype.Component;

/** Camel's Kamelets, whose parameters arrive as they were written. Thread-safe. */
@Component("kamelet-component")
final class Connectors extends KameletComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        parameters.replaceAll((key, value) -> value instanceof String text ? ParameterPassage.out(text) : value);
        return super.createEndpoint(uri, name, parameters);
    }
}
