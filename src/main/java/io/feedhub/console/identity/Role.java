package io.feedhub.console.identity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a person may do; each role may also do what those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Runs, pauses, retries. */
    OPERATOR,
    /** Changes flows. */
    EDITOR,
    /** Everything. */
    ADMIN;

    private static final String PREFIX = "ROLE_";

    /** Whether this role may do what the other may; each includes itself. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** This role and those it includes, as Spring Security keeps them. */
    public List<GrantedAuthority> authorities() {
        return Stream.of(values())
                .filter(this::includes)
                .map(role -> (GrantedAuthority) new SimpleGrantedAuthority(PREFIX + role.name()))
                .toList();
    }

    /** The highest role of whoever is signed in; empty for a stranger. */
    public static Optional<Role> of(Authentication signedIn) {
        return signedIn.getAuthorities().stream()
                .flatMap(authority -> Arrays.stream(values())
                        .filter(role -> authority.getAuthority().equals(PREFIX + role.name())))
                .max(Comparator.naturalOrder());
    }

    /** As it is written in application.yaml. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
