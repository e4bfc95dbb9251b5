package io.feedhub.console.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/**
 * Which page somebody asked for before signing in. It is kept in a cookie, so that strangers fill no memory with sessions; a
 * cookie says what the client wants, so it counts only where it leads to this hub.
 */
final class RequestedPageCache extends CookieRequestCache {
    /** Browsers and servers take no cookies that are much longer. */
    private static final int LONGEST = 2_000;

    /** One slash, for two would name another host; browsers take a backslash for one, and overlook control characters. */
    private static final String OF_THIS_HUB = "/(?![/\\\\])[!-~]*";

    RequestedPageCache() {
        setRequestMatcher(request -> Refusals.wantsPage(request)
                && address(request.getRequestURI(), request.getQueryString()).length() <= LONGEST);
        setCookieCustomizer(cookie -> cookie.setAttribute("SameSite", "Lax"));
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        try {
            if (super.getRequest(request, response) instanceof DefaultSavedRequest page) {
                String address = address(page.getRequestURI(), page.getQueryString());
                return address.matches(OF_THIS_HUB) ? new SimpleSavedRequest(address) : null;
            }
            return null;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return null; // the hub did not write this
        }
    }

    /** None: a page is only asked for by GET, so there is nothing to do again but to go there. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    private static String address(@Nullable String path, @Nullable String query) {
        return path + (query == null ? "" : "?" + query);
    }
}
