package io.feedhub.console.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that another site's page asks for, whatever credentials the browser added, and any request under a name
 * that is not this hub's: a stranger's name that leads here (DNS rebinding) would make the stranger's page same-origin. An IP
 * address cannot be led elsewhere.
 */
final class SameOrigin extends OncePerRequestFilter {
    private static final Pattern ORIGIN = Pattern.compile(
            "(?<scheme>https?)://(?<authority>(?<host>[A-Za-z0-9.-]+|\\[[A-Za-z0-9.:]+])(:(?<port>[0-9]{1,5}))?)");

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

    private boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return site != null && !site.equals("same-origin") && !site.equals("none");
        }
        return !isOwn(ORIGIN.matcher(origin), request);
    }

    /**
     * Whether the hub was asked for by this name, directly or behind a proxy. A stranger's name may be in Host as well, when a
     * page that plays the proxy tells of another. {@code null}, which sandboxed frames send, is nobody's name.
     */
    private boolean isOwn(Matcher origin, HttpServletRequest request) {
        if (!origin.matches() || !isOurs(origin.group("host").toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (origin.group("authority").equalsIgnoreCase(request.getHeader(HttpHeaders.HOST))) {
            return true;
        }
        return origin.group("host").equalsIgnoreCase(request.getServerName())
                && port(origin) == request.getServerPort();
    }

    private static int port(Matcher origin) {
        String port = origin.group("port");
        int usual = origin.group("scheme").equals("https") ? 443 : 80;
        return port == null ? usual : Integer.parseInt(port);
    }
}
