package io.feedhub.console.signin;

import io.feedhub.console.identity.Role;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Somebody whom the provider vouched for. */
final class OidcPerson extends DefaultOidcUser {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 100;

    private final String name;
    private final Instant since;

    OidcPerson(OidcIdToken told, String name, Role role, Instant since) {
        super(role.authorities(), told);
        this.name = name;
        this.since = since;
    }

    /** What the hub calls a person: with the source, so that nobody is taken for a user of {@code feedhub.users}. */
    static String name(@Nullable String username, @Nullable String email, String subject) {
        String name = Stream.of(username, email, subject)
                .filter(known -> known != null && !known.isBlank())
                .findFirst()
                .orElse(subject)
                .replaceAll("\\p{C}", "");
        return "oidc " + name.substring(0, Math.min(name.length(), LONGEST));
    }

    @Override
    public String getName() {
        return name;
    }

    /** When the person signed in. */
    Instant since() {
        return since;
    }
}
