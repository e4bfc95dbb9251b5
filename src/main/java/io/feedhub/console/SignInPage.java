package io.feedhub.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.WebAttributes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /sign-in}: a form, the provider's button where there is one, and no script. */
@Controller
final class SignInPage {
    static final String PATH = "/sign-in";

    private final Users users;
    private final ObjectProvider<SingleSignOn> singleSignOn;

    SignInPage(Users users, ObjectProvider<SingleSignOn> singleSignOn) {
        this.users = users;
        this.singleSignOn = singleSignOn;
    }

    @GetMapping(PATH)
    String show(HttpServletRequest request, Model model) {
        model.addAttribute("problem", problem(request));
        model.addAttribute("passwords", !users.users().isEmpty());
        singleSignOn.ifAvailable(provider -> model.addAttribute("provider", provider.name()));
        return "sign-in";
    }

    /** Why the last try failed; said once. */
    private static String problem(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION) instanceof AuthenticationException e) {
            session.removeAttribute(WebAttributes.AUTHENTICATION_EXCEPTION);
            boolean isForPeople = e instanceof Lockout.Locked || e instanceof NotSignedIn.Said;
            return isForPeople ? String.valueOf(e.getMessage()) : "Wrong name or password.";
        }
        return "";
    }
}
