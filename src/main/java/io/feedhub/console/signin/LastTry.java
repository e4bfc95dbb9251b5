package io.feedhub.console.signin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * Why somebody was not signed in, which the sign-in page says once. It is kept in a cookie, so that strangers fill no memory
 * with sessions; its words are shown as text and nothing depends on them.
 */
final class LastTry {
    private static final String COOKIE = "SIGN_IN_FAILED";
    private static final Duration MEMORY = Duration.ofMinutes(1);

    /** Browsers take no cookies that are much longer. */
    private static final int LONGEST = 500;

    private LastTry() {}

    /** Leads back to the sign-in page. */
    static void failed(HttpServletRequest request, HttpServletResponse response, String words) throws IOException {
        String kept = words.substring(0, Math.min(words.length(), LONGEST));
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(kept.getBytes(StandardCharsets.UTF_8));
        set(request, response, value, MEMORY);
        response.sendRedirect(SignInPage.PATH);
    }

    /** What is to be said of the last try, and is forgotten now; nothing when there was none. */
    static String problem(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return "";
        }
        set(request, response, "", Duration.ZERO);
        try {
            return new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // the hub did not write this
        }
    }

    private static void set(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(COOKIE, value)
                .path(SignInPage.PATH)
                .maxAge(age)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
