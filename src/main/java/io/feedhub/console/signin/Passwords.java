package io.feedhub.console.signin;

import io.feedhub.console.audit.Audit;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Signs people in by name and password, and holds up whoever guesses. Thread-safe. */
@Component
final class Passwords implements AuthenticationProvider {
    private static final int FREE_FOR_A_NAME = 5;
    private static final int FREE_FOR_AN_ADDRESS = 20;

    private final DaoAuthenticationProvider people;
    private final InMemoryUserDetailsManager known;
    private final Lockout names;
    private final Lockout addresses;
    private final Audit audit;

    Passwords(Users users, Clock clock, Audit audit) {
        this.known = new InMemoryUserDetailsManager(users.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .authorities(user.role().authorities())
                        .build())
                .toList());
        this.people = new DaoAuthenticationProvider(known);
        people.setPasswordEncoder(passwords());
        this.names = new Lockout(clock, FREE_FOR_A_NAME);
        this.addresses = new Lockout(clock, FREE_FOR_AN_ADDRESS);
        this.audit = audit;
    }

    /** Hashes of other schemes are still known. */
    private static PasswordEncoder passwords() {
        DelegatingPasswordEncoder passwords =
                new DelegatingPasswordEncoder(PasswordHash.SCHEME, Map.of(PasswordHash.SCHEME, PasswordHash.encoder()));
        passwords.setDefaultPasswordEncoderForMatches(PasswordEncoderFactories.createDelegatingPasswordEncoder());
        return passwords;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String address =
                attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "local";
        String name = attempt.getName();
        try {
            // as Spring takes a name: else each spelling had tries of its own
            String key = name.toLowerCase(Locale.ROOT) + " " + address;
            return names.attempt(key, () -> addresses.attempt(address, () -> people.authenticate(attempt)));
        } catch (BadCredentialsException e) {
            // a password typed in the wrong field must not be on record
            audit.refused("sign-in", known.userExists(name) ? name : "an unknown name", "wrong name or password");
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
