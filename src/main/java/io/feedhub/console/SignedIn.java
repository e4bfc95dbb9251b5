package io.feedhub.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Puts a sign-in on record and leads on to where the person wanted to go. */
final class SignedIn extends SavedRequestAwareAuthenticationSuccessHandler {
    private final Audit audit;

    SignedIn(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication signedIn)
            throws ServletException, IOException {
        audit.noted(Actor.current(), "sign-in", signedIn.getName(), vouchedFor(signedIn), null);
        super.onAuthenticationSuccess(request, response, signedIn);
    }

    /** A name may go to somebody else one day; this does not. */
    private static @Nullable Object vouchedFor(Authentication signedIn) {
        return signedIn.getPrincipal() instanceof OidcPerson person
                ? Map.of("issuer", person.getIssuer(), "subject", person.getSubject())
                : null;
    }
}
