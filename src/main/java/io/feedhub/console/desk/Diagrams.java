package io.feedhub.console.desk;

import io.feedhub.runs.RouteName;
import io.feedhub.schedule.Run;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/** Draws what runs on this node, and has what its author wrote of it. */
@Component
final class Diagrams {
    private final ModelCamelContext context;

    Diagrams(CamelContext context) {
        this.context = (ModelCamelContext) context;
    }

    /** A flow's route and its further ones, {@code <flow>.<part>}; empty when this node does not have it. */
    List<Diagram> of(String flow, List<Run> runs) {
        Map<String, String> times = runs.stream()
                .filter(run -> !run.steps().isEmpty())
                .findFirst()
                .map(run -> words(run.steps()))
                .orElse(Map.of());
        return context.getRouteDefinitions().stream()
                .filter(route -> RouteName.isOf(flow, route.getRouteId()))
                .sorted(Comparator.comparing(RouteDefinition::getRouteId))
                .map(route -> Diagram.of(route, times))
                .toList();
    }

    /** A flow's note, for whoever is called at night; empty when this node does not have the flow. */
    String note(String flow) {
        return Optional.ofNullable(context.getRouteDefinition(flow))
                .map(RouteDefinition::getNote)
                .orElse("");
    }

    /** What the note says of failures; empty when it says nothing. */
    String fails(String flow) {
        return note(flow)
                .lines()
                .filter(line -> line.startsWith("fails"))
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> words(List<Run.Step> steps) {
        return steps.stream().collect(Collectors.toMap(Run.Step::id, Diagrams::words, (first, second) -> first));
    }

    private static String words(Run.Step step) {
        String took = Moment.length(Duration.ofMillis(step.ms()));
        return step.times() == 1 ? took : step.times() + " × in " + took;
    }
}
