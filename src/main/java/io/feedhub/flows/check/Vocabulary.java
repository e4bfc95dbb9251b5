package io.feedhub.flows.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The names a flow may use.
 *
 * @param schemes components, as a URI begins
 * @param kamelets connectors
 * @param channels names under {@code feedhub.discord.channels}
 * @param services names under {@code feedhub.services}
 */
public record Vocabulary(Set<String> schemes, Set<String> kamelets, Set<String> channels, Set<String> services) {
    /** What reaches neither the machine nor the hub's own parts: see the security section of the guide. */
    private static final Set<String> SCHEMES = Set.of("quartz", "direct", "kamelet", "sql", "log");

    private static final String KAMELET = ".kamelet.yaml";

    /** The names that this configuration and this classpath have. */
    public static Vocabulary from(Environment environment) {
        return new Vocabulary(
                SCHEMES,
                kameletsOfTheClasspath(),
                names(environment, "feedhub.discord.channels"),
                names(environment, "feedhub.services"));
    }

    private static Set<String> names(Environment environment, String key) {
        return new TreeSet<>(Binder.get(environment)
                .bind(key, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
    }

    private static Set<String> kameletsOfTheClasspath() {
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:kamelets/*" + KAMELET);
            return Arrays.stream(found)
                    .map(Resource::getFilename)
                    .map(name -> String.valueOf(name).replace(KAMELET, ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("the connectors cannot be listed", e);
        }
    }

    /** What to write instead of a name that is not there: the nearest one, or all when none is near. */
    static String instead(String wrong, Set<String> names) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return names.stream()
                .filter(name -> distance.apply(name, wrong) <= Math.max(1, wrong.length() / 3))
                .min((a, b) -> Integer.compare(distance.apply(a, wrong), distance.apply(b, wrong)))
                .map(name -> "did you mean " + name + "?")
                .orElse(names.isEmpty() ? "there is none" : "write one of: " + String.join(", ", new TreeSet<>(names)));
    }
}
