package io.feedhub.console.signin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.console.audit.Audit;
import io.feedhub.console.identity.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * What the door says to whoever may not enter: a browser is led to the sign-in page, a program reads a problem. Thread-safe.
 */
@Component
public final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final ObjectMapper json;
    private final Audit audit;

    Refusals(ObjectMapper json, Audit audit) {
        this.json = json;
        this.audit = audit;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, @Nullable AuthenticationException refusal)
            throws IOException {
        if (wantsPage(request)) {
            response.sendRedirect(SignInPage.PATH);
        } else if (refusal instanceof Lockout.Locked locked) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(locked.seconds()));
            write(request, response, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(locked.getMessage()));
        } else {
            // not Basic: a browser would ask for a password, remember it and send it along with forged requests
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            String reason = refusal == null ? null : refusal.getMessage();
            write(request, response, HttpStatus.UNAUTHORIZED, reason == null ? "sign in first" : reason);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        Set<HttpMethod> methods = AccessRules.methods(request);
        if (refusal instanceof CsrfException) {
            refuse(request, response, HttpStatus.FORBIDDEN, "the CSRF token is missing or old; reload the page");
        } else if (methods.isEmpty()) {
            refuse(request, response, HttpStatus.NOT_FOUND, "there is nothing at this address");
        } else if (!methods.contains(AccessRules.asked(request))) {
            String allowed = methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
            response.setHeader(HttpHeaders.ALLOW, allowed);
            refuse(request, response, HttpStatus.METHOD_NOT_ALLOWED, "this address takes " + allowed);
        } else {
            String reason = "your role, " + Actor.current().role() + ", may not do this";
            refuse(request, response, HttpStatus.FORBIDDEN, reason);
        }
    }

    /**
     * Refuses what somebody wanted to change, on record when they are signed in.
     *
     * @throws IOException when the answer cannot be sent
     */
    public void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String reason)
            throws IOException {
        if (SecurityContextHolder.getContext().getAuthentication() != null && changes(request)) {
            audit.refused(request.getMethod(), request.getRequestURI(), reason);
        }
        write(request, response, status, reason);
    }

    static boolean changes(HttpServletRequest request) {
        return !request.getMethod().matches("GET|HEAD|OPTIONS");
    }

    static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && !request.getRequestURI().startsWith("/api/")
                && accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    /**
     * Answers with a problem, and logs it, but neither query nor headers: there are secrets in them. The path is as it was sent,
     * so it has no line ends.
     *
     * @throws IOException when the answer cannot be sent
     */
    public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String reason)
            throws IOException {
        log.info(
                "refused with {}: {} {} by {} from {}",
                status.value(),
                request.getMethod(),
                request.getRequestURI(),
                Actor.current().who(),
                request.getRemoteAddr());
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(ProblemDetail.forStatusAndDetail(status, reason)));
    }
}
