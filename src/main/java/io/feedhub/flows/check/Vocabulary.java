package io.feedhub.flows.check;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The names a flow may use.
 *
 * @param schemes components, as a URI begins
 * @param kamelets connectors
 * @param channels names under {@code feedhub.discord.channels}
 * @param services names under {@code feedhub.services}
 * @param beans names in {@code beans/}, as they are at the moment
 * @param routes what begins with {@code direct:} in any file; null where not all files are known, for a flow may be saved
 *     before the one that it calls
 */
public record Vocabulary(
        Set<String> schemes,
        Map<String, Kamelet> kamelets,
        Set<String> channels,
        Set<String> services,
        Supplier<Set<String>> beans,
        @Nullable Supplier<Set<String>> routes) {
    /** What reaches neither the machine nor the hub's own parts: see the security section of the guide. */
    private static final Set<String> SCHEMES = Set.of("quartz", "direct", "kamelet", "sql", "log");

    /** The names that this configuration and this classpath have. */
    public static Vocabulary from(Environment environment, Supplier<Set<String>> beans) {
        return new Vocabulary(
                SCHEMES,
                Kamelet.all(),
                names(environment, "feedhub.discord.channels"),
                names(environment, "feedhub.services"),
                beans,
                null);
    }

    /** The same where all files are known. */
    Vocabulary withRoutes(Supplier<Set<String>> all) {
        return new Vocabulary(schemes, kamelets, channels, services, beans, all);
    }

    private static Set<String> names(Environment environment, String key) {
        return new TreeSet<>(Binder.get(environment)
                .bind(key, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
    }

    /** What to write instead of a name that is not there: the nearest one, or all when none is near. */
    public static String instead(String wrong, Set<String> names) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return names.stream()
                .filter(name -> distance.apply(name, wrong) <= Math.max(wrong.length() < 4 ? 1 : 2, wrong.length() / 3))
                .min(Comparator.comparing(name -> distance.apply(name, wrong)))
                .map(name -> "did you mean " + name + "?")
                .orElse(names.isEmpty() ? "there is none" : "write one of: " + String.join(", ", new TreeSet<>(names)));
    }
}
