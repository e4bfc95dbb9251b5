package io.feedhub.cli;

import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Where the configuration comes from, as far as a source can list its keys. */
final class KeySources {
    private KeySources() {}

    static Stream<EnumerablePropertySource<?>> of(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source);
    }

    /** All keys as they are written there; one of two sources is there twice. */
    static Stream<String> keys(ConfigurableEnvironment environment) {
        return of(environment).flatMap(source -> Stream.of(source.getPropertyNames()));
    }
}
