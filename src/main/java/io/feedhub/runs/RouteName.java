package io.feedhub.runs;

/** What a flow's routes are called: the first as the flow, each further one {@code <flow>.<part>}. */
public final class RouteName {
    private RouteName() {}

    /** Whether the flow's first route is called so, or a further one of it. */
    public static boolean isOf(String flow, String route) {
        return route.equals(flow) || isPartOf(flow, route);
    }

    /** Whether a further route of the flow is called so. */
    public static boolean isPartOf(String flow, String route) {
        return route.startsWith(flow + ".");
    }
}
