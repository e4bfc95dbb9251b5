package io.feedhub.connectors;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service that answers what a test tells it to, in that order; the last one again and again. */
public final class Scripted implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();

    public Scripted() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = next(exchange.getRequestMethod() + " " + exchange.getRequestURI(), body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized void script(int status, String... bodies) {
        answers.clear();
        requests.clear();
        targets.clear();
        for (String body : bodies) {
            answers.add(new Answer(status, body));
        }
    }

    /** The bodies of the requests since the script began. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The methods, paths and queries of the same requests. */
    public synchronized List<String> targets() {
        return List.copyOf(targets);
    }

    private synchronized Answer next(String target, String request) {
        targets.add(target);
        requests.add(request);
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Answer(int status, String body) {}
}
