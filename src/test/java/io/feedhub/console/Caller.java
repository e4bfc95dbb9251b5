package io.feedhub.console;

import io.feedhub.RunningHub;
import io.feedhub.console.identity.Role;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody at the hub's door: anonymous, with credentials in each request, or with a session as a browser has it. */
public final class Caller {
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final Map<String, String> headers = new HashMap<>();
    private final String address;

    private Caller(RunningHub hub) {
        this.address = hub.address();
    }

    public static Caller anonymous(RunningHub hub) {
        return new Caller(hub);
    }

    public static Caller basic(RunningHub hub, String name, String password) {
        byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Caller(hub)
                .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public static Caller token(RunningHub hub, String token) {
        return new Caller(hub).with("Authorization", "Bearer " + token);
    }

    /** Signs in by the form. */
    public static Caller browser(RunningHub hub, String name, String password) {
        Caller caller = new Caller(hub);
        caller.send("GET", "/sign-in", null);
        HttpResponse<String> answer = caller.form(
                "/sign-in", Map.of("username", name, "password", password, "_csrf", caller.cookie("XSRF-TOKEN")));
        if (!answer.headers().firstValue("location").orElse("").endsWith("/")) {
            throw new AssertionError("not signed in: " + answer.statusCode() + answer.headers());
        }
        caller.send("GET", "/sign-in", null);
        return caller;
    }

    /** Settings that add a person of each role, "the viewer" and so on, all with this password. */
    public static Map<String, Object> oneOfEachRole(String password) {
        Map<String, Object> users = new HashMap<>();
        String hash = RunningHub.hash(password);
        int number = 1;
        for (Role role : Role.values()) {
            String key = "feedhub.users[" + number++ + "].";
            users.putAll(Map.of(key + "name", "the " + role, key + "password", hash, key + "role", role.toString()));
        }
        return users;
    }

    /** Adds a header to every request from now on. */
    public Caller with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds the CSRF token, as the pages' scripts do. */
    public Caller withCsrf() {
        return with("X-XSRF-TOKEN", cookie("XSRF-TOKEN"));
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    public HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .reduce((a, b) -> a + "&" + b)
                .orElse("");
        return send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    public int status(String method, String path) {
        return send(method, path, null).statusCode();
    }

    /** Goes to another site. */
    public HttpResponse<String> visit(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    public HttpResponse<String> send(String method, String path, @Nullable String body, String... more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        Stream.iterate(0, i -> i < more.length, i -> i + 2).forEach(i -> request.setHeader(more[i], more[i + 1]));
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
