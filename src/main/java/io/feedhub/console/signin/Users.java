package io.feedhub.console.signin;

import io.feedhub.console.identity.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;

/**
 * Who may sign in, and how the hub is called.
 *
 * @param users people, what {@code feedhub.users} lists
 * @param tokens programs, what {@code feedhub.tokens} lists
 * @param oidc a provider that vouches for people, what {@code feedhub.oidc} says
 * @param hosts names by which browsers reach this hub, besides localhost and its IP addresses
 */
@ConfigurationProperties("feedhub")
record Users(
        @DefaultValue List<User> users,
        @DefaultValue List<Token> tokens,
        @DefaultValue Oidc oidc,
        @DefaultValue List<String> hosts) {

    /**
     * @param name what the person types
     * @param password a hash with its scheme, such as {@code {bcrypt}$2a$10$…}
     * @param role each may what those before may
     */
    record User(String name, String password, @DefaultValue("viewer") Role role) {
        @Override
        public String toString() {
            return "User[" + name + ", " + role + "]";
        }
    }

    /**
     * @param name what the audit calls its bearer
     * @param sha256 the token's SHA-256 in hex; the token itself is nowhere
     * @param role what its bearer may
     * @param expires the last day it is good for, in UTC; without one it is good for none
     */
    record Token(
            String name,
            @DefaultValue("") String sha256,
            @DefaultValue("viewer") Role role,
            @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate expires) {
        boolean isExpired(Instant now) {
            return expires == null
                    || !now.isBefore(expires.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        }

        @Override
        public String toString() {
            return "Token[" + name + ", " + role + ", " + expires + "]";
        }
    }
}
