package io.feedhub.console.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Whoever acts on this thread. Immutable.
 *
 * @param who the user's name, or {@code nobody}
 * @param role the user's role, or {@code none}
 * @param via the door: api, desk, hawtio or hub; of a command, where it was asked for
 * @param origin the network address; {@code local} of the hub itself, and of a command the machine that it is for
 */
public record Actor(String who, String role, String via, String origin) {

    /** Whoever is signed in on this thread; {@code nobody} where nobody is. A thread that answers no request is the hub's own. */
    public static Actor current() {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        HttpServletRequest request = request();
        return new Actor(
                signedIn == null ? "nobody" : signedIn.getName(),
                signedIn == null
                        ? "none"
                        : Role.of(signedIn).map(Role::toString).orElse("none"),
                request == null ? "hub" : via(request),
                request == null ? "local" : request.getRemoteAddr());
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }

    /** Programs send their credentials with each request; people have a session. */
    private static String via(HttpServletRequest request) {
        boolean isHawtio = request.getRequestURI().matches("/hawtio(/.*)?");
        return isHawtio ? "hawtio" : request.getHeader("Authorization") == null ? "desk" : "api";
    }
}
