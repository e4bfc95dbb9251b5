package io.feedhub.console.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the session of somebody whom the provider vouched for some time ago, so that whoever is struck off there does not stay
 * here: an open page of the desk asks again and again, and its session would never grow old.
 */
final class OidcSessionEnd extends OncePerRequestFilter {
    private final Duration longest;
    private final Clock clock;

    OidcSessionEnd(Duration longest, Clock clock) {
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn != null
                && signedIn.getPrincipal() instanceof OidcPerson person
                && !clock.instant().isBefore(person.since().plus(longest))) {
            new SecurityContextLogoutHandler().logout(request, response, signedIn);
        }
        next.doFilter(request, response);
    }
}
