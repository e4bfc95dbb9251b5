package io.feedhub.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An MCP server that opens sessions as one of 2025-11-25 does, and for the rest says what a test tells it to. */
final class ScriptedMcp implements AutoCloseable {
    static final String MODERN = "2026-07-28";
    static final String OLD = "2025-11-25";

    /** What it says to a version, or a session, that it does not know. */
    static final Reply UNKNOWN = new Reply(400, "Bad Request: No valid session ID provided");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger sessions = new AtomicInteger();
    private final List<Asked> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Reply> words = asked -> UNKNOWN;
    private volatile @Nullable Reply refusal;

    ScriptedMcp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Says this to calls of tools from now on, and opens a session for whoever wants one. */
    void say(Function<Asked, Reply> newWords) {
        calls.clear();
        words = newWords;
        refusal = null;
    }

    /** Says this to whoever wants a session. */
    void refuseSessions(Reply newRefusal) {
        refusal = newRefusal;
    }

    /** Knows no session any more that was opened until now. */
    void forgetSessions() {
        sessions.incrementAndGet();
    }

    /** The calls of tools since it was told what to say. */
    List<Asked> calls() {
        return List.copyOf(calls);
    }

    /** Waits until it was called so often. */
    void awaitCalls(int count) {
        Awaitility.await().until(() -> calls.size() == count);
    }

    static Reply result(String text) {
        return new Reply(
                200,
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {\"content\": [{\"type\": \"text\", \"text\": \"" + text
                        + "\"}]}}");
    }

    static Reply error(int status, int code, String message, String data) {
        return new Reply(
                status,
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"code\": " + code + ", \"message\": \"" + message
                        + "\", \"data\": " + data + "}}");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = new ObjectMapper().readTree(exchange.getRequestBody());
            Reply reply =
                    switch (message.path("method").asText()) {
                        case "initialize" -> open(exchange);
                        case "notifications/initialized" -> new Reply(202, "");
                        default -> call(exchange, message);
                    };
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply open(HttpExchange exchange) {
        Reply refused = refusal;
        if (refused != null) {
            return refused;
        }
        exchange.getResponseHeaders().set("MCP-Session-Id", "session-" + sessions.incrementAndGet());
        return new Reply(200, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {\"protocolVersion\": \"" + OLD + "\"}}");
    }

    private Reply call(HttpExchange exchange, JsonNode message) {
        Asked asked = new Asked(message.at("/params/name").asText(), header(exchange, "MCP-Protocol-Version"));
        calls.add(asked);
        boolean forgotten = asked.version().equals(OLD)
                && !header(exchange, "MCP-Session-Id").equals("session-" + sessions.get());
        return forgotten ? UNKNOWN : words.apply(asked);
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    record Asked(String tool, String version) {
        boolean isModern() {
            return version.equals(MODERN);
        }
    }

    record Reply(int status, String body) {}
}
