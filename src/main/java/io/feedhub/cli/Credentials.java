package io.feedhub.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a command signs in: by a token, or by a name and a password, of the environment. */
final class Credentials {
    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /**
     * What the header {@code Authorization} says.
     *
     * @param fallback a token for when the environment has nothing
     * @throws IllegalArgumentException when the token is none that a header takes; the words do not show it
     */
    static Optional<String> forHub(Optional<String> fallback) {
        String token = setting("token");
        if (token != null) {
            return Optional.of(BEARER + sendable(token.strip()));
        }
        String user = setting("user");
        if (user != null) {
            String password = setting("password");
            String pair = user + ":" + (password == null ? "" : password);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return fallback.map(secret -> BEARER + secret);
    }

    /** What no header takes would be printed with the JDK's words for it. */
    private static String sendable(String token) {
        if (!token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "FEEDHUB_TOKEN is no token: there are blanks, line ends or accents in it");
        }
        return token;
    }

    /** From the environment; a system property wins. A blank one is none. */
    static @Nullable String setting(String name) {
        String property = System.getProperty("feedhub." + name);
        String setting = property == null ? System.getenv("FEEDHUB_" + name.toUpperCase(Locale.ROOT)) : property;
        return setting == null || setting.isBlank() ? null : setting;
    }
}
