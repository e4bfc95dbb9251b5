package io.feedhub.console.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that another site's page asks for, whatever credentials the browser added, and any request under a name
 * that is not this hub's: a stranger's name that leads here (DNS rebinding) would make the stranger's page same-origin. An IP
 * address cannot be led elsewhere.
 */
final class SameOrigin extends OncePerRequestFilter {
    private final List<String> names;
    private final Refusals refusals;

    SameOrigin(List<String> names, Refusals refusals) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        if (!isOurs(request.getServerName().toLowerCase(Locale.ROOT))) {
            refusals.refuse(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "this hub is not known by that name; add it to feedhub.hosts in application.yaml");
        } else if (Refusals.changes(request) && isForeign(request)) {
            refusals.refuse(request, response, HttpStatus.FORBIDDEN, "a page of another origin may not do this");
        } else {
            next.doFilter(request, response);
        }
    }

    private boolean isOurs(String name) {
        return name.equals("localhost")
                || name.matches("[0-9.]+")
                || name.startsWith("[")
                || name.contains(":")
                || names.contains(name);
    }

    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return site != null && !site.equals("same-origin") && !site.equals("none");
        }
        return !isValid(origin)
                || !URI.create(origin).getRawAuthority().equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
    }

    /** Not so is {@code null}, which sandboxed frames send. */
    private static boolean isValid(String origin) {
        return origin.matches("https?://[A-Za-z0-9.:\\[\\]-]+");
    }
}
