package io.feedhub.console.signin;

import io.feedhub.console.identity.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The provider of OpenID Connect that people may sign in with, what {@code feedhub.oidc} says.
 *
 * @param issuer the provider, as it calls itself; empty: people sign in with passwords only
 * @param clientId how the provider knows this hub
 * @param clientSecret what this hub shows the provider; empty for a public client
 * @param scopes asked for besides {@code openid}
 * @param claim what the provider says of a person that decides the role; dots lead into it
 * @param roles which values of the claim give which role
 * @param session how long somebody is believed before the provider is asked again
 * @param address where browsers reach this hub; empty: where they did
 * @param name what people call the provider
 */
record Oidc(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("profile") List<String> scopes,
        @DefaultValue("groups") String claim,
        @DefaultValue Map<Role, List<String>> roles,
        @DefaultValue("12h") Duration session,
        @DefaultValue("") String address,
        @DefaultValue("single sign-on") String name) {

    /** The highest role that these claims give; empty when they give none. */
    Optional<Role> role(Map<String, Object> claims) {
        List<String> values = texts(at(claims, claim));
        return Arrays.stream(Role.values())
                .filter(role -> roles.getOrDefault(role, List.of()).stream().anyMatch(values::contains))
                .reduce((lower, higher) -> higher);
    }

    /** A claim of that very name comes first: some providers name claims by addresses, which have dots. */
    private static @Nullable Object at(Map<?, ?> claims, String path) {
        int dot = path.indexOf('.');
        return claims.containsKey(path) || dot < 0
                ? claims.get(path)
                : claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                        ? at(inner, path.substring(dot + 1))
                        : null;
    }

    private static List<String> texts(@Nullable Object value) {
        Stream<?> values = value instanceof Collection<?> many ? many.stream() : Stream.ofNullable(value);
        return values.map(String::valueOf).toList();
    }

    @Override
    public String toString() {
        return "Oidc[" + issuer + ", " + clientId + "]";
    }
}
