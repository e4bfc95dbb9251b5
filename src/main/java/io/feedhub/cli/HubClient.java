package io.feedhub.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running hub, as the commands reach it: its address and how to sign in. */
final class HubClient {
    private static final int TOO_MANY = 429; // wrong passwords
    private static final int UNAVAILABLE = 503;
    private static final Duration READING = Duration.ofSeconds(30);

    /** A change may wait for runs in flight. */
    private static final Duration CHANGING = Duration.ofMinutes(2);

    private static final SandboxFiles SANDBOX = new SandboxFiles(Path.of(".feedhub"));

    private final ObjectMapper json = new ObjectMapper();

    @Option(
            names = "--url",
            description =
                    "The hub's address (default: $FEEDHUB_URL, or the sandbox of this folder, or http://127.0.0.1:8080).")
    private @Nullable String url;

    JsonNode get(String path, Map<String, String> query) {
        return send("GET", ApiPath.with(query, path));
    }

    JsonNode post(String path) {
        return send("POST", path);
    }

    JsonNode post(String path, Object body) {
        try {
            return postJson(path, json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this cannot be sent: " + e.getOriginalMessage(), e);
        }
    }

    /** Sends a text that is JSON already, or is for the hub to refuse. */
    JsonNode postJson(String path, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body));
    }

    private JsonNode send(String method, String path) {
        return send(method, path, HttpRequest.BodyPublishers.noBody());
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body) {
        Duration patience = method.equals("GET") ? READING : CHANGING;
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .method(method, body);
        boolean isSandbox = SANDBOX.address().filter(address()::equals).isPresent();
        Credentials.forHub(isSandbox ? SANDBOX.token() : Optional.empty()) // nobody else's business
                .ifPresent(credentials -> request.header("Authorization", credentials));
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            return read(response);
        } catch (HttpConnectTimeoutException e) {
            throw nobody();
        } catch (HttpTimeoutException e) {
            String late = "the hub at " + address() + " has not answered within " + patience.toSeconds() + " s";
            throw new Away(
                    method.equals("GET")
                            ? late
                            : late + " and may still do it; look before you ask again: ./feedhub flows");
        } catch (IOException e) {
            throw nobody();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreached("interrupted");
        }
    }

    private Away nobody() {
        return new Away("no hub answers at " + address() + "; start one with ./feedhub sandbox or ./feedhub run");
    }

    private JsonNode read(HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 3) {
            throw elsewhere(response);
        }
        JsonNode body = body(response);
        String detail = Table.text(body.path("detail").asText("the hub answered " + status));
        if (status == 401) {
            throw new Unreached(
                    "the hub does not know you: " + detail
                            + "\nset FEEDHUB_TOKEN, or FEEDHUB_USER and FEEDHUB_PASSWORD; beside a sandbox, run this in its folder");
        }
        if (status == TOO_MANY) {
            throw new Unreached(detail);
        }
        if (status == UNAVAILABLE) {
            throw new Away(detail);
        }
        if (status >= 400) {
            throw new Refused(detail);
        }
        return body;
    }

    /** Not followed: credentials go nowhere that nobody named. */
    private Unreached elsewhere(HttpResponse<String> response) {
        String there = response.headers().firstValue("Location").orElse("another address");
        return new Unreached("what answers at " + address() + " leads on to "
                + Table.text(there.replaceFirst("^(https?://[^/?#]+).*", "$1")) + "; set FEEDHUB_URL to that");
    }

    private JsonNode body(HttpResponse<String> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        boolean isFromProxy = response.statusCode() == UNAVAILABLE && !type.contains("json");
        if (response.body().isBlank() || isFromProxy) {
            return json.createObjectNode();
        }
        if (!type.contains("json")) {
            throw new Unreached(
                    "what answers at " + address() + " is no Feed-Hub: it sent " + type + "; set --url or FEEDHUB_URL");
        }
        return json.readTree(response.body());
    }

    private URI uri(String path) {
        if (!address().matches("https?://[^/?#]+")) {
            throw new IllegalArgumentException(address() + " is not a hub's address; write --url http://host:port");
        }
        try {
            return URI.create(address() + path);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    address() + path
                            + " is not an address; write --url http://host:port, and names as the hub lists them",
                    e);
        }
    }

    private String address() {
        String chosen = url == null ? Credentials.setting("url") : url;
        return chosen == null || chosen.isBlank() // --url= as well
                ? SANDBOX.address().orElse("http://127.0.0.1:8080")
                : chosen.replaceAll("/+$", "");
    }

    /** The hub said no. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Nothing answers, or only that it cannot, for now. */
    static final class Away extends Unreached {
        private static final long serialVersionUID = 1L;

        Away(String message) {
            super(message);
        }
    }

    /** There is no hub, or it does not let us in. */
    static class Unreached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreached(String message) {
            super(message);
        }
    }
}
