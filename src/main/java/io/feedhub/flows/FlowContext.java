package io.feedhub.flows;

import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.boot.SpringBootCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Camel's context for Spring Boot, in which a route is taken out at the same cost beside few routes and many. Camel asks all
 * routes for their endpoints each time, to see which of them nobody else uses. Here each is asked once while it runs.
 */
final class FlowContext extends SpringBootCamelContext {

    FlowContext(ApplicationContext hub, boolean warnOnEarlyShutdown, CamelSpringBootApplicationController controller) {
        super(hub, warnOnEarlyShutdown, controller);
    }

    /** Camel asks for this before each route that it adds, in case there is one already. */
    @Override
    public boolean removeRoute(String id) throws Exception {
        getLock().lock();
        try {
            return getRouteServices().containsKey(id) && super.removeRoute(id);
        } finally {
            getLock().unlock();
        }
    }

    @Override
    public void startRouteService(RouteService service, boolean addingRoutes) throws Exception {
        super.startRouteService(service instanceof Asked ? service : new Asked(service.getRoute()), addingRoutes);
    }

    /** A running route's endpoints do not change: no flow may have one that is computed. */
    private static final class Asked extends RouteService {
        private volatile @Nullable Set<Endpoint> endpoints;

        Asked(Route route) {
            super(route);
        }

        @Override
        public Set<Endpoint> gatherEndpoints() {
            Set<Endpoint> known = endpoints;
            if (known == null) {
                known = super.gatherEndpoints();
                endpoints = getStatus().isStarted() ? known : null;
            }
            return known;
        }

        @Override
        protected void doStart() {
            endpoints = null;
            super.doStart();
        }
    }
}
