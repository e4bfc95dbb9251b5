package io.feedhub.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** {@code /sign-in}: one form, without a script. */
@RestController
final class SignInPage {
    static final String PATH = "/sign-in";

    private final String page;

    SignInPage() throws IOException {
        this.page = new ClassPathResource("console/sign-in.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE)
    String show(HttpServletRequest request, CsrfToken csrf) {
        return page.replace("{csrf}", HtmlUtils.htmlEscape(csrf.getToken()))
                .replace("{problem}", HtmlUtils.htmlEscape(problem(request)));
    }

    /** Why the last try failed; said once. */
    private static String problem(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION) instanceof AuthenticationException e) {
            session.removeAttribute(WebAttributes.AUTHENTICATION_EXCEPTION);
            return e instanceof Lockout.Locked locked ? String.valueOf(locked.getMessage()) : "Wrong name or password.";
        }
        return "";
    }
}
