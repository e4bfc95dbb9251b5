package io.feedhub.console.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Sign-ins that were begun with the provider. Their sessions last for minutes until somebody is signed in, and the oldest goes
 * when there are too many, since anybody can begin one. Thread-safe.
 */
final class PendingSignIns implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST = 1000;

    private final HttpSessionOAuth2AuthorizationRequestRepository sessions =
            new HttpSessionOAuth2AuthorizationRequestRepository();
    private final Deque<HttpSession> strangers = new ArrayDeque<>();

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        boolean isStranger = request.getSession(false) == null;
        sessions.saveAuthorizationRequest(begun, request, response);
        HttpSession session = request.getSession(false);
        if (isStranger && session != null) {
            session.setMaxInactiveInterval((int) PATIENCE.toSeconds());
            remember(session);
        }
    }

    private synchronized void remember(HttpSession session) {
        strangers.add(session);
        if (strangers.size() > MOST) {
            drop(strangers.remove());
        }
    }

    /** Whoever was signed in since has a session that lasts longer, and keeps it. */
    private static void drop(HttpSession oldest) {
        try {
            if (oldest.getMaxInactiveInterval() == (int) PATIENCE.toSeconds()) {
                oldest.invalidate();
            }
        } catch (IllegalStateException e) {
            // it has ended already
        }
    }

    /** Somebody was signed in: the session lasts as any other. */
    static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.setMaxInactiveInterval(
                    (int) Duration.ofMinutes(request.getServletContext().getSessionTimeout())
                            .toSeconds());
        }
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return sessions.loadAuthorizationRequest(request);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        return sessions.removeAuthorizationRequest(request, response);
    }
}
