package io.feedhub.console;

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
enum Role {
    /** Reads. */
    VIEWER,
    /** Runs, pauses, retries. */
    OPERATOR,
    /** Changes flows. */
    EDITOR,
    /** Everything. */
    ADMIN;

    private static final String PREFIX = "ROLE_";

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** This role and those it includes, as Spring Security keeps them. */
    List<GrantedAuthority> authorities() {
        return Stream.of(values())
                .filter(this::includes)
                .map(role -> (GrantedAuthority) new SimpleGrantedAuthority(PREFIX + role.name()))
                .toList();
    }

    /** The highest role of whoever is signed in; empty for a stranger. */
    static Optional<Role> of(Authentication signedIn) {
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
