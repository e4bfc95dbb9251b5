package io.feedhub.console.signin;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * How passwords are hashed: by {@code ./feedhub password}, and at the door. Both alike: a name that is unknown must not be told
 * by an answer that comes sooner.
 */
public final class PasswordHash {
    static final String SCHEME = "bcrypt";

    private static final int STRENGTH = 12;

    private PasswordHash() {}

    /** A hash of a password, with its scheme before it, as {@code feedhub.users} has it. */
    public static String of(String password) {
        return "{" + SCHEME + "}" + encoder().encode(password);
    }

    static BCryptPasswordEncoder encoder() {
        return new BCryptPasswordEncoder(STRENGTH);
    }
}
