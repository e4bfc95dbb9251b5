package io.feedhub.console.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * A route as a line with stations, from top to bottom; what is inside a step stands further right.
 *
 * @param stations the steps
 * @param height of the drawing
 */
record Diagram(String route, List<Station> stations, int height) {
    private static final int ROW = 44;
    private static final int MARGIN = 12;
    private static final int INDENT = 20;
    private static final int BEND = 12;
    private static final int LONGEST = 90;

    /**
     * @param route as it runs
     * @param times how long steps took in the newest run, in words, by their ids
     */
    static Diagram of(RouteDefinition route, Map<String, String> times) {
        List<Station> stations = new ArrayList<>();
        stations.add(new Station(
                MARGIN, MARGIN, "", "from", shortened(route.getInput().getEndpointUri()), ""));
        add(route.getOutputs(), MARGIN, times, stations);
        return new Diagram(route.getRouteId(), stations, stations.size() * ROW);
    }

    private static void add(
            List<ProcessorDefinition<?>> steps, int x, Map<String, String> times, List<Station> stations) {
        Station before = stations.get(stations.size() - 1);
        for (ProcessorDefinition<?> step : steps) {
            if (step.isAbstract()) {
                continue; // the policy for errors that all flows share
            }
            int y = MARGIN + stations.size() * ROW;
            String time = times.getOrDefault(String.valueOf(step.getId()), "");
            before = new Station(x, y, before.wayTo(x, y), step.getShortName(), text(step), time);
            stations.add(before);
            add(inside(step), x + INDENT, times, stations);
        }
    }

    /** A try and a choice keep some of their branches apart. */
    private static List<ProcessorDefinition<?>> inside(ProcessorDefinition<?> step) {
        List<ProcessorDefinition<?>> inside = new ArrayList<>(step.getOutputs());
        if (step instanceof TryDefinition attempt) {
            inside.addAll(attempt.getCatchClauses());
            Optional.ofNullable(attempt.getFinallyClause()).ifPresent(inside::add);
        }
        return inside;
    }

    private static String text(ProcessorDefinition<?> step) {
        String label = step.getLabel();
        return label == null || label.equals(step.getShortName())
                ? ""
                : shortened(label.replaceAll("\\s+", " ").replaceFirst("^\\w+\\[(.*)]$", "$1"))
                        .replaceFirst("^null$", "");
    }

    /** Parameters are in the file; here they would hide the way. */
    private static String shortened(String text) {
        String line = text.replaceFirst("^([\\w-]+:[^?]*)\\?.*$", "$1");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /**
     * One step.
     *
     * @param x where its point is
     * @param y where its point is
     * @param path the line that leads to it
     * @param kind the pattern, such as to, split or filter
     * @param text what it works on
     * @param time how long it took, in words; may be empty
     */
    record Station(int x, int y, String path, String kind, String text, String time) {

        public int textX() {
            return x + 14;
        }

        /** Straight down, or down and round a bend to the right. */
        private String wayTo(int toX, int toY) {
            return toX == x
                    ? "M%d %dV%d".formatted(x, y, toY)
                    : "M%d %dV%dQ%d %d %d %dH%d".formatted(x, y, toY - BEND, x, toY, x + BEND, toY, toX);
        }
    }
}
