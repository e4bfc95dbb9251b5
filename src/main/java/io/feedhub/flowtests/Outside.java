package io.feedhub.flowtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Every outside service on one loopback port, each below its own name: it answers as the test says. A token of an hour is
 * given to whoever asks, and is no call of a case. Thread-safe.
 */
final class Outside implements AutoCloseable {
    /** No service has this name. */
    private static final String TOKENS = "/-/token";

    private static final Map<String, Object> TOKEN =
            Map.of("access_token", "test", "expires_in", 3600, "token_type", "Bearer");

    private final ObjectMapper json = new ObjectMapper();
    private final Dialects dialects = new Dialects(json);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private final List<Call> calls = new ArrayList<>();
    private final List<Call> unforeseen = new ArrayList<>();
    private Script script = new Script(Map.of());

    Outside() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the services", e);
        }
        server.createContext("/", this::serve);
        server.createContext(TOKENS, this::giveToken);
        server.setExecutor(threads);
        server.start();
    }

    String url(String service) {
        return address() + "/" + service;
    }

    /** Where services that want a token of an hour get it. */
    String tokens() {
        return address() + TOKENS;
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers so from now on. */
    synchronized void follow(Script next) {
        script = next;
    }

    /** Forgets what was called. */
    synchronized void forget() {
        calls.clear();
        unforeseen.clear();
    }

    /** What was called by one of its names, in order. */
    synchronized List<Call> calls(String name) {
        return calls.stream().filter(call -> call.names().contains(name)).toList();
    }

    /** What was called and is not in the script. */
    synchronized List<Call> unforeseen() {
        return List.copyOf(unforeseen);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = call(exchange);
            Answer answer = dialects.wrap(call, answer(call));
            if (answer.status() == 0) {
                return; // closing without an answer breaks the connection off
            }
            send(exchange, answer);
        }
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            send(exchange, new Answer(200, TOKEN));
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body() instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : json.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private synchronized Answer answer(Call call) {
        calls.add(call);
        Optional<Answer> answer = script.answer(call);
        if (answer.isEmpty()) {
            unforeseen.add(call);
        }
        return answer.orElse(new Answer(404, Map.of("error", "the test gives no answer to " + call)));
    }

    private Call call(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        String query = exchange.getRequestURI().getRawQuery();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Call(
                path[1],
                exchange.getRequestMethod(),
                "/" + (path.length < 3 ? "" : path[2]),
                query == null ? "" : query,
                parse(body));
    }

    private @Nullable Object parse(String body) {
        try {
            return body.isBlank() ? null : json.readValue(body, Object.class);
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
