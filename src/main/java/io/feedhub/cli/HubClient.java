package io.feedhub.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
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
            description = "The hub's address (default: $FEEDHUB_URL, or the sandbox of this folder, or"
                    + " http://127.0.0.1:8080).")
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
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(patience(method))
                .header("Content-Type", "application/json")
                .method(method, body);
        boolean isSandbox = SANDBOX.address().filter(address()::equals).isPresent();
        Credentials.forHub(isSandbox ? SANDBOX.token() : Optional.empty()) // nobody else's business
                .ifPresent(credentials -> request.header("Authorization", credentials));
        return answer(request.build());
    }

    private JsonNode answer(HttpRequest request) {
        try {
            return read(Connections.CLIENT.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new Away("no hub answers at " + address() + "; start one with ./feedhub sandbox or ./feedhub run");
        } catch (SSLException e) {
            String why = Table.text(String.valueOf(e.getMessage()));
            throw new Unreached("no secure connection to " + address() + ", whose certificate Java must trust: " + why);
        } catch (HttpTimeoutException e) {
            long seconds = patience(request.method()).toSeconds();
            throw unsure(request, "has not answered within " + seconds + " s");
        } catch (IOException e) {
            throw unsure(request, "broke off its answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreached("interrupted");
        }
    }

    private static Duration patience(String method) {
        return method.equals("GET") ? READING : CHANGING;
    }

    /** What was asked for has arrived, perhaps, and is done all the same. */
    private Away unsure(HttpRequest request, String what) {
        boolean isOver = request.method().equals("GET");
        String next = isOver ? "" : " and may still do it; look before you ask again: ./feedhub flows";
        return new Away("the hub at " + address() + " " + what + next);
    }

    private JsonNode read(HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 3) {
            throw elsewhere(response);
        }
        JsonNode body = body(response);
        String detail = Table.text(body.path("detail").asText("the hub answered " + status));
        if (status == 401) {
            throw new Unreached("the hub does not know you: " + detail
                    + "\n"
                    + "set FEEDHUB_TOKEN, or FEEDHUB_USER and FEEDHUB_PASSWORD; beside a sandbox, run this in"
                    + " its folder");
        }
        if (status == TOO_MANY) {
            throw new Unreached(detail);
        }
        if (status == UNAVAILABLE) {
            throw new Away(detail);
        }
        if (status >= 400) {
            // what a reading command was given is all that it asks for
            boolean isUsage = status == 400 && response.request().method().equals("GET");
            throw isUsage ? new IllegalArgumentException(detail) : new Refused(detail);
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
