package io.feedhub.flowtests;

import io.feedhub.flows.check.Vocabulary;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The names by which a test may call a service's answers and calls; a misspelt one would answer nothing and never count. */
@Component
@Profile("flow-tests")
final class CallNames {
    private static final String TOOLS = "mcp-action";
    private static final String USUAL = "noosphere";
    private static final Pattern NAME =
            Pattern.compile("(?<service>\\S+)(?: (?:GET|POST|PUT|PATCH|DELETE) /.*| /.*| (?<tool>[^\\s/]\\S*))?");

    private final Set<String> services;
    private final CamelContext context;

    CallNames(Environment environment, CamelContext context) {
        this.services = Vocabulary.from(environment, Set::of).services();
        this.context = context;
    }

    /** @throws IllegalArgumentException when no call can have this name; its message says what to write */
    void require(String name) {
        Matcher parts = NAME.matcher(name);
        String service = name.split(" ", 2)[0];
        if (!services.contains(service)) {
            throw new IllegalArgumentException(
                    name + ": there is no service " + service + "; " + Vocabulary.instead(service, services));
        }
        if (!parts.matches()
                || (parts.group("tool") != null && !servicesWithTools().contains(service))) {
            throw new IllegalArgumentException(
                    "%1$s: no call is named so; write %2$s, %2$s /path or %2$s GET /path".formatted(name, service));
        }
    }

    /** Those that a flow asks for tools. */
    private Set<String> servicesWithTools() {
        Set<String> names = new TreeSet<>(Set.of(USUAL));
        context.getEndpoints().stream()
                .filter(KameletEndpoint.class::isInstance)
                .map(KameletEndpoint.class::cast)
                .filter(kamelet -> kamelet.getTemplateId().equals(TOOLS))
                .map(kamelet -> kamelet.getKameletProperties().getOrDefault("service", USUAL))
                .forEach(service -> names.add(String.valueOf(service)));
        return names;
    }
}
