package io.feedhub;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** Everything that a hub's flows have made, each with how many of its name there are: so that what is left over shows. */
final class Inventory {
    /** Threads that come and go with the load, and those of the test itself. */
    private static final String ELASTIC =
            "(run-|transaction-|edits|http-nio|lifeline|HttpClient|stand-in|awaitility).*";

    private Inventory() {}

    /** What there is now, such as {@code route beat_01 -> 1}. */
    static Map<String, Long> of(RunningHub hub) throws SchedulerException {
        CamelContext camel = hub.bean(CamelContext.class);
        Scheduler quartz = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
        return Stream.of(
                        named("route", camel.getRoutes(), route -> route.getRouteId()),
                        named("definition", ((ModelCamelContext) camel).getRouteDefinitions(), RouteDefinition::getId),
                        named("endpoint", camel.getEndpoints(), Endpoint::getEndpointUri),
                        named("trigger", quartz.getTriggerKeys(GroupMatcher.anyGroup()), TriggerKey::toString),
                        named("job", quartz.getJobKeys(GroupMatcher.anyGroup()), JobKey::toString),
                        named(
                                "MBean",
                                ManagementFactory.getPlatformMBeanServer().queryNames(null, null),
                                ObjectName::getCanonicalName),
                        named("thread", Thread.getAllStackTraces().keySet(), Inventory::kind))
                .flatMap(Function.identity())
                .filter(name -> !name.matches("thread " + ELASTIC))
                .map(name -> name.replaceAll(
                        "\\(0x\\w+\\)|(?<=-[a-zA-Z]{1,40})\\d+", "")) // Camel counts the steps of all flows together
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** What there is more of than before. */
    static Map<String, Long> leftOver(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> more = new TreeMap<>(after);
        before.forEach((name, count) -> more.merge(name, -count, Long::sum));
        more.values().removeIf(count -> count <= 0);
        return more;
    }

    private static <T> Stream<String> named(String kind, Collection<T> things, Function<T, String> name) {
        return things.stream().map(thing -> kind + " " + name.apply(thing));
    }

    /** Threads of one pool differ in their numbers. */
    private static String kind(Thread thread) {
        return thread.getName().replaceAll("\\d+", "N");
    }
}
