package io.feedhub.flows;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RouteStartupOrder;

/**
 * The routes of a context, put aside for a while: they run, and are not listed. For each route that it starts Camel
 * looks through all others, for the same id, the same input and the same place in the order, so that 10,000 routes cost a
 * hundred times what 1,000 do. The rules for files have seen to the ids and inputs, and flows name no place.
 */
final class Aside {
    private final ExtendedCamelContext context;
    private final Model model;
    private final List<Route> routes;
    private final List<RouteDefinition> definitions;
    private final List<RouteStartupOrder> order;

    Aside(CamelContext camel) {
        context = camel.getCamelContextExtension();
        model = context.getContextPlugin(Model.class);
        routes = camel.getRoutes();
        definitions = new ArrayList<>(model.getRouteDefinitions());
        order = new ArrayList<>(context.getRouteStartupOrder());
        routes.forEach(context::removeRoute);
        model.getRouteDefinitions().clear();
        context.getRouteStartupOrder().clear();
    }

    void bringBack() {
        routes.forEach(context::addRoute);
        model.getRouteDefinitions().addAll(0, definitions);
        context.getRouteStartupOrder().addAll(0, order);
    }
}
