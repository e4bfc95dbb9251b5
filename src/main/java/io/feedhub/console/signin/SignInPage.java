package io.feedhub.console.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
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
    String show(HttpServletRequest request, HttpServletResponse response, Model model) {
        model.addAttribute("problem", LastTry.problem(request, response));
        model.addAttribute("passwords", !users.users().isEmpty());
        singleSignOn.ifAvailable(provider -> model.addAttribute("provider", provider.name()));
        return "sign-in";
    }
}
