package io.feedhub.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.savedrequest.SavedRequest;

class RequestedPageCacheTest {
    private final RequestedPageCache requestedPage = new RequestedPageCache();

    @Test
    void aPageIsRememberedAsItWasAskedFor() {
        MockHttpServletRequest request = page("/runs");
        request.setQueryString("flow=a%20b&outcome=failed");
        assertThat(redirect(saved(request))).isEqualTo("/runs?flow=a%20b&outcome=failed");
        assertThat(request.getSession(false)).isNull();
    }

    @Test
    void whatIsNoPageIsNotRemembered() {
        assertThat(saved(page("/api/flows"))).isNull();
        assertThat(saved(page("/" + "x".repeat(3_000)))).isNull();
        assertThat(saved(new MockHttpServletRequest("GET", "/runs"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/runs",
                "/\\evil.example",
                "/\t/evil.example",
                "//evil.example",
                "mailto:a@evil.example",
                "http://[",
                "evil",
                ""
            })
    void whatWouldLeadElsewhereLeadsNowhere(String url) {
        assertThat(redirect(cookie(url))).isNull();
    }

    @Test
    void aCookieThatTheHubDidNotWriteIsNone() {
        assertThat(redirect(new Cookie("REDIRECT_URI", "%"))).isNull();
        assertThat(redirect(null)).isNull();
    }

    private static MockHttpServletRequest page(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept", "text/html,*/*");
        return request;
    }

    private static Cookie cookie(String url) {
        return new Cookie("REDIRECT_URI", Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable Cookie saved(MockHttpServletRequest request) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        requestedPage.saveRequest(request, response);
        return response.getCookie("REDIRECT_URI");
    }

    private @Nullable String redirect(@Nullable Cookie cookie) {
        MockHttpServletRequest request = page("/sign-in");
        if (cookie != null) {
            request.setCookies(cookie);
        }
        SavedRequest asked = requestedPage.getRequest(request, new MockHttpServletResponse());
        return asked == null ? null : asked.getRedirectUrl();
    }
}
