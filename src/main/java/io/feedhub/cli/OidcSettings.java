package io.feedhub.cli;

import io.feedhub.console.signin.Loopback;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;

/** What is wrong with {@code feedhub.oidc}: nothing, when it names no provider and nothing else. */
final class OidcSettings {
    static final String ISSUER = "feedhub.oidc.issuer";

    private static final String CLIENT = "feedhub.oidc.client-id";
    private static final String ROLES = "feedhub.oidc.roles";
    private static final String ADDRESS = "feedhub.oidc.address";

    private OidcSettings() {}

    /** Whether people may sign in by a provider. */
    static boolean areThere(ConfigurableEnvironment environment) {
        return !text(environment, ISSUER).isEmpty();
    }

    static List<Problem> problems(ConfigurableEnvironment environment) {
        List<Problem> problems = new ArrayList<>();
        boolean hasRoles = roles(environment).values().stream().anyMatch(values -> !values.isEmpty());
        if (!areThere(environment)) {
            if (hasRoles || !text(environment, CLIENT).isEmpty()) {
                problems.add(Problem.missing(ISSUER));
            }
            return problems;
        }
        if (!isSafe(text(environment, ISSUER))) {
            problems.add(Problem.of(
                    ISSUER,
                    text(environment, ISSUER)
                            + " is no provider's address; write https://…, as the provider calls itself"));
        }
        if (text(environment, CLIENT).isEmpty()) {
            problems.add(Problem.missing(CLIENT));
        }
        if (!hasRoles) {
            problems.add(Problem.of(
                    ROLES,
                    "nobody would have a role; say which values of the claim give one, such as"
                            + " operator: [hub-operators]"));
        }
        address(environment, problems);
        return problems;
    }

    private static void address(ConfigurableEnvironment environment, List<Problem> problems) {
        String address = text(environment, ADDRESS);
        if (address.isEmpty()) {
            return;
        }
        if (!address.matches("https?://[A-Za-z0-9.:\\[\\]-]+")) {
            problems.add(Problem.of(ADDRESS, address + " is not where a hub is; write https://name, without a path"));
        } else if (!hosts(environment).contains(host(address)) && !Loopback.is(host(address))) {
            problems.add(Problem.of(
                    ADDRESS, "browsers come back under the name " + host(address) + ", which is not in feedhub.hosts"));
        }
    }

    /** What signs people in must not be readable, or writable, on the way; on this machine there is no way. */
    private static boolean isSafe(String issuer) {
        try {
            URI address = URI.create(issuer);
            boolean isWhole = address.getHost() != null && address.getQuery() == null && address.getFragment() == null;
            boolean isSecret = "https".equals(address.getScheme());
            return isWhole && (isSecret || ("http".equals(address.getScheme()) && Loopback.is(address.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<String, List<String>> roles(ConfigurableEnvironment environment) {
        ResolvableType lists = ResolvableType.forClassWithGenerics(List.class, String.class);
        ResolvableType type =
                ResolvableType.forClassWithGenerics(Map.class, ResolvableType.forClass(String.class), lists);
        return Binder.get(environment)
                .bind(ROLES, Bindable.<Map<String, List<String>>>of(type))
                .orElse(Map.of());
    }

    private static List<String> hosts(ConfigurableEnvironment environment) {
        return Binder.get(environment).bind("feedhub.hosts", Bindable.listOf(String.class)).orElse(List.of()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String host(String address) {
        return String.valueOf(URI.create(address).getHost()).toLowerCase(Locale.ROOT);
    }

    private static String text(ConfigurableEnvironment environment, String key) {
        return environment.getProperty(key, "").strip();
    }
}
