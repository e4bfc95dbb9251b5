package io.feedhub.flowtests;

import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Puts every schedule off, when its endpoint is made: while a case runs, no other flow may run by itself. */
@Component
@Profile("flow-tests")
final class Stillness extends LifecycleStrategySupport {
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (endpoint instanceof QuartzEndpoint ticks) {
            ticks.setCron(NEVER);
        }
    }
}
