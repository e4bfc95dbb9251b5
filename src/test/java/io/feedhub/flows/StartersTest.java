package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartersTest {
    private @Nullable Route found;
    private final DefaultCamelContext camel = new DefaultCamelContext() {
        @Override
        public Route getRoute(String id) {
            Route known = found;
            return known == null ? super.getRoute(id) : known;
        }
    };

    @Test
    void aRouteThatIsTakenOutBetweenTwoLooksIsNotPaused() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").log("ran");
            }
        });
        camel.start();
        try {
            found = camel.getRoute("one");
            camel.getRouteController().stopRoute("one");
            camel.removeRoute("one");
            assertThat(new Starters(camel).isPaused("one")).isFalse();
        } finally {
            camel.stop();
        }
    }
}
