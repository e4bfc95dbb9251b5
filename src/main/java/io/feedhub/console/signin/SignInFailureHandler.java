package io.feedhub.console.signin;

import io.feedhub.console.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Leads whoever the provider did not vouch for, or who has no role here, back to the sign-in page, which says why. */
final class SignInFailureHandler implements AuthenticationFailureHandler {
    private static final Logger log = LoggerFactory.getLogger(SignInFailureHandler.class);
    private static final String NO_ROLE = "no_role";

    private final Oidc oidc;
    private final Audit audit;

    SignInFailureHandler(Oidc oidc, Audit audit) {
        this.oidc = oidc;
        this.audit = audit;
    }

    /** Somebody whom the provider knows and the hub does not. */
    static AuthenticationException noRole(String name) {
        return new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE), name);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String code = failure instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : "";
        String reason = String.valueOf(failure.getMessage()).replaceAll("\\p{C}", " ");
        log.warn("nobody was signed in by {}: {} {}", oidc.issuer(), code, reason);
        if (code.equals(NO_ROLE)) {
            audit.refused("sign-in", reason, "nothing in the claim " + oidc.claim() + " gives a role");
        } else if (code.matches("invalid_(id_token|nonce)")) {
            audit.refused("sign-in", "an unknown name", "the provider's word was not accepted: " + code);
        }
        LastTry.failed(request, response, words(code, reason));
    }

    private String words(String code, String name) {
        return switch (code) {
            case NO_ROLE ->
                oidc.name() + " knows you as " + name.replaceFirst("^oidc ", "")
                        + ", but you have no role here. Ask whoever keeps this hub for one.";
            case "authorization_request_not_found" ->
                "That sign-in was begun too long ago, or in another browser. Try again.";
            case "access_denied" -> oidc.name() + " did not let you in.";
            case "invalid_id_token", "invalid_nonce" ->
                "What " + oidc.name() + " said of you cannot be trusted. The hub’s log says why.";
            default -> oidc.name() + " does not answer as it should. Try again later; the hub’s log says why.";
        };
    }
}
