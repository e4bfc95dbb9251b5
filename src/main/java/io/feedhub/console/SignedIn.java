package io.feedhub.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
        audit.done("sign-in", signedIn.getName());
        super.onAuthenticationSuccess(request, response, signedIn);
    }
}
