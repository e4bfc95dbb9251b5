package io.feedhub.schedule;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.model.PropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * How a flow wants to be run, from the {@code routeProperty} list of its route. What it does not say is the default.
 *
 * @param catchUp {@code catchUp}: what happens to instants that no node ran at their time
 * @param overlap {@code overlap}: what happens to an instant that comes while a run is on
 * @param timeLimit {@code timeLimit}: when a run is failed and its thread freed; null for the hub's own limit
 * @param rerun {@code rerun}: whether a run whose node died is run again
 * @param silence {@code silence}: how long the flow may bring nothing out before somebody is told; null to go by its habit
 * @param runsOn {@code runsOn}: the label a node must have, or null for any node
 */
record Terms(
        CatchUp catchUp,
        Overlap overlap,
        @Nullable Duration timeLimit,
        boolean rerun,
        @Nullable Duration silence,
        @Nullable String runsOn) {
    static final Terms DEFAULT = new Terms(CatchUp.ONCE, Overlap.SKIP, null, true, null, null);
    private static final List<String> NAMES = List.of("catchUp", "overlap", "timeLimit", "rerun", "silence", "runsOn");

    /** No silence or run of sense is longer, and PostgreSQL's intervals have an end. */
    private static final Duration LONGEST = Duration.ofDays(9999);

    private static final String DURATION = "a duration above zero, such as 90s, 10m, 6h or 2d, and at most 9999d";

    /** What happens to the instants of an outage: none is run, the newest, or each. */
    enum CatchUp {
        SKIP,
        ONCE,
        ALL
    }

    /** What happens to an instant that comes while a run of its flow is on. */
    enum Overlap {
        SKIP,
        QUEUE,
        ALLOW
    }

    /**
     * Reads a route's properties. Names with a dot are somebody else's.
     *
     * @throws IllegalArgumentException when a name or value is none of those above; its message says what to write
     */
    static Terms of(RouteDefinition route) {
        Map<String, String> said = new TreeMap<>();
        for (PropertyDefinition property :
                route.getRouteProperties() == null ? List.<PropertyDefinition>of() : route.getRouteProperties()) {
            if (!property.getKey().contains(".")) {
                said.put(property.getKey(), property.getValue());
            }
        }
        said.keySet().stream().filter(name -> !NAMES.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "unknown routeProperty " + name + "; write one of: " + String.join(", ", NAMES));
        });
        return new Terms(
                choice("catchUp", said.get("catchUp"), CatchUp.ONCE),
                choice("overlap", said.get("overlap"), Overlap.SKIP),
                duration("timeLimit", said.get("timeLimit")),
                yes("rerun", said.get("rerun")),
                duration("silence", said.get("silence")),
                said.get("runsOn"));
    }

    /** Whether a run must be the only one of its flow. */
    boolean alone() {
        return overlap != Overlap.ALLOW;
    }

    private static <E extends Enum<E>> E choice(String name, @Nullable String value, E otherwise) {
        if (value == null) {
            return otherwise;
        }
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        value,
                        Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ", "one of: ", ""))));
    }

    private static boolean yes(String name, @Nullable String value) {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw wrong(name, value, "one of: true, false");
        }
        return !"false".equals(value);
    }

    private static @Nullable Duration duration(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            Duration duration = DurationStyle.detectAndParse(value);
            if (!duration.isZero() && !duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong(name, value, DURATION).getMessage(), e);
        }
        throw wrong(name, value, DURATION);
    }

    private static IllegalArgumentException wrong(String name, String value, String instead) {
        return new IllegalArgumentException("routeProperty " + name + " is " + value + "; write " + instead);
    }
}
