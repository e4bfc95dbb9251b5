package io.feedhub.console.signin;

import io.feedhub.console.audit.Audit;
import io.feedhub.console.identity.Actor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;

/** Puts a sign-in on record and leads on to where the person wanted to go. What cannot be recorded is no sign-in. */
final class SignInSuccessHandler extends SavedRequestAwareAuthenticationSuccessHandler {
    private final Audit audit;
    private final RequestedPageCache requestedPage;

    SignInSuccessHandler(Audit audit, RequestedPageCache requestedPage) {
        this.audit = audit;
        this.requestedPage = requestedPage;
        setRequestCache(requestedPage);
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication signedIn)
            throws ServletException, IOException {
        try {
            audit.noted(Actor.current(), "sign-in", signedIn.getName(), vouchedFor(signedIn), null);
        } catch (RuntimeException e) {
            new SecurityContextLogoutHandler().logout(request, response, signedIn);
            throw e;
        }
        PendingSignIns.end(request);
        requestedPage.removeRequest(request, response);
        super.onAuthenticationSuccess(request, response, signedIn);
    }

    /** A name may go to somebody else one day; this does not. */
    private static @Nullable Object vouchedFor(Authentication signedIn) {
        return signedIn.getPrincipal() instanceof OidcPerson person
                ? Map.of("issuer", person.getIssuer(), "subject", person.getSubject())
                : null;
    }
}
