package io.feedhub.connectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Passes requests on without the first part of their path, so that an address can hold a secret. */
final class Forwarder implements AutoCloseable {
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "date", "upgrade");

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile @Nullable String target;

    Forwarder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::pass);
        server.start();
    }

    String url(String secret) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + secret;
    }

    void leadTo(String base) {
        target = base;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().replaceFirst("^/[^/]+", "");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    request.header(name, values.get(0));
                }
            });
            answer(exchange, client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Piece by piece, for an answer may be endless. */
    private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        long length = answer.headers().firstValueAsLong("content-length").orElse(0); // 0: in chunks
        boolean empty = answer.statusCode() == 204
                || (length == 0 && answer.headers().map().containsKey("content-length"));
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : length);
        try (InputStream body = answer.body()) {
            body.transferTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
