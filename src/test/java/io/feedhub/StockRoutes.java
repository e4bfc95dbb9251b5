package io.feedhub;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Stock Camel with many Quartz routes and nothing else: no database, no files, no Spring. */
final class StockRoutes {
    private StockRoutes() {}

    /** Arguments: how many routes, whether JMX is on. Prints how long it took until all had started, and ends. */
    public static void main(String[] arguments) throws Exception {
        int routes = Integer.parseInt(arguments[0]);
        boolean managed = Boolean.parseBoolean(arguments[1]);
        long begun = System.nanoTime();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            if (!managed) {
                camel.disableJMX();
            }
            camel.addRoutes(routes(routes));
            camel.start();
            System.out.printf(
                    "stock Camel with %d routes, JMX %s: started after %.1f s, %.1f s of CPU%n",
                    routes,
                    managed ? "on" : "off",
                    (System.nanoTime() - begun) / 1e9,
                    ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            / 1e3);
            System.out.flush();
            Runtime.getRuntime().halt(0); // to stop that many routes takes longer than to start them
        }
    }

    private static RouteBuilder routes(int routes) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (int route = 0; route < routes; route++) {
                    from("quartz:stock/beat%d?cron=%d/10+*+*+*+*+?".formatted(route, route % 10))
                            .routeId("beat" + route)
                            .setBody()
                            .constant("beat");
                }
            }
        };
    }
}
