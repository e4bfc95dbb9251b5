package io.feedhub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** What is left of a section whose lines are all comments: a heading with nothing below it, which would be bound as a value. */
final class EmptyHeadings {
    private EmptyHeadings() {}

    /** Takes them away. */
    static void drop(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        for (PropertySource<?> source : sources.stream().toList()) {
            if (source instanceof OriginTrackedMapPropertySource settings) {
                Map<String, Object> kept = new LinkedHashMap<>(settings.getSource());
                if (kept.keySet().removeIf(key -> isOne(settings, key))) {
                    sources.replace(
                            settings.getName(), new OriginTrackedMapPropertySource(settings.getName(), kept, true));
                }
            }
        }
    }

    static boolean isOne(PropertySource<?> source, String key) {
        return key.startsWith("feedhub.") && "".equals(source.getProperty(key)) && KnownKeys.isSection(key);
    }
}
