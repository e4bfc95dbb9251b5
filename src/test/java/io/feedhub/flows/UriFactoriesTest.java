package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's context makes one factory for the URIs of a component. */
class UriFactoriesTest {
    @TempDir
    private Path routes;

    @Test
    void aComponentsFactoryIsKeptAndAnUnknownComponentHasNone() throws Exception {
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            CamelContext context = hub.bean(CamelContext.class);
            EndpointUriFactory quartz = factory(context, "quartz");
            assertThat(quartz.buildUri("quartz", Map.of("groupName", "design", "triggerName", "one")))
                    .isEqualTo("quartz:design/one");
            assertThat(factory(context, "quartz")).isSameAs(quartz);
            assertThat(factory(context, "direct")).isNotSameAs(quartz);
            assertThat(context.getCamelContextExtension().getEndpointUriFactory("sqll"))
                    .isNull();
        }
    }

    private static EndpointUriFactory factory(CamelContext context, String component) {
        return context.getCamelContextExtension().getEndpointUriFactory(component);
    }
}
