package io.feedhub.flows.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A connector as its own file describes it.
 *
 * @param parameters what it may be told; for each what it may be, empty for anything
 * @param required what it must be told
 */
record Kamelet(Map<String, Set<String>> parameters, Set<String> required) {
    private static final String ENDING = ".kamelet.yaml";

    /** The connectors of the classpath, so that a new one is known without code. */
    static Map<String, Kamelet> all() {
        Map<String, Kamelet> kamelets = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:kamelets/*" + ENDING)) {
                kamelets.put(String.valueOf(file.getFilename()).replace(ENDING, ""), read(file));
            }
            return kamelets;
        } catch (IOException e) {
            throw new UncheckedIOException("the connectors cannot be listed", e);
        }
    }

    private static Kamelet read(Resource file) throws IOException {
        try (InputStream text = file.getInputStream()) {
            Object kamelet = new Load(LoadSettings.builder().build()).loadFromInputStream(text);
            Map<?, ?> definition = map(map(map(kamelet).get("spec")).get("definition"));
            Map<String, Set<String>> parameters = new TreeMap<>();
            map(definition.get("properties"))
                    .forEach((name, property) -> parameters.put(name.toString(), choices(map(property))));
            return new Kamelet(parameters, new TreeSet<>(strings(definition.get("required"))));
        }
    }

    private static Set<String> choices(Map<?, ?> property) {
        if ("integer".equals(property.get("type")) || "number".equals(property.get("type"))) {
            return Set.of("<number>");
        }
        return "boolean".equals(property.get("type"))
                ? Set.of("true", "false")
                : new TreeSet<>(strings(property.get("enum")));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.toList())
                : List.of();
    }
}
