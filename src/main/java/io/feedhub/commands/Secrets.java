package io.feedhub.commands;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** Takes out of a text what the configuration keeps secret, and what looks like a secret of the services in use. */
@Component
final class Secrets {
    private static final Pattern KEYS = Pattern.compile(
            "(?i).*(token(?!s)|password|passwd|secret|api[-_]?key|credential|service-?account).*|feedhub\\.discord\\..*\\.url");
    private static final Pattern SHAPES = Pattern.compile("(?is)(?<=bearer )[a-z0-9._~+/=-]{12,}"
            + "|(?-i:AIza[\\w-]{30,}|sb_secret_\\w{10,}|gh[pousr]_\\w{20,}|apify_api_\\w{20,}|eyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*)"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----"
            + "|(?<=/webhooks/)\\d+/[\\w-]{20,}|(?<=(password|token|secret)[=:])\\S{6,}");
    private static final int SHORTEST = 6;

    private final List<String> values;

    Secrets(ConfigurableEnvironment environment) {
        this.values = environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(key -> KEYS.matcher(key).matches())
                .map(environment::getProperty)
                .filter(Objects::nonNull)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, "***");
        }
        return SHAPES.matcher(masked).replaceAll("***");
    }
}
