package io.feedhub.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Sign-ins that were begun with the provider. Their sessions last for minutes until somebody is signed in, since anybody can
 * begin one.
 */
final class Begun implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpSessionOAuth2AuthorizationRequestRepository sessions =
            new HttpSessionOAuth2AuthorizationRequestRepository();

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        boolean isStranger = request.getSession(false) == null;
        sessions.saveAuthorizationRequest(begun, request, response);
        HttpSession session = request.getSession(false);
        if (isStranger && session != null) {
            session.setMaxInactiveInterval((int) PATIENCE.toSeconds());
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
