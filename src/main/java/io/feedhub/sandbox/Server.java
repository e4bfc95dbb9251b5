package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One loopback port, each stand-in below its own name, with the faults that the world has set. */
final class Server implements AutoCloseable {
    private static final long SLOW_SECONDS = 30;
    private static final int HUGE_MIB = 200;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else an answer waits 40 ms for an acknowledgement
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Server::daemon);
    private final ObjectMapper json = new ObjectMapper();
    private final World world;
    private Witness witness = (service, request, reply) -> {};

    /** Begins on a free port. */
    Server(World world) {
        this.world = world;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the stand-ins", e);
        }
        server.setExecutor(threads);
        server.start();
    }

    void serve(String name, StandIn standIn) {
        server.createContext("/" + name, exchange -> {
            try (exchange) {
                answer(exchange, name, standIn);
            }
        });
    }

    String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    void observe(Witness newWitness) {
        witness = newWitness;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, String name, StandIn standIn) throws IOException {
        Request request = request(exchange, name);
        Fault fault = world.fault(name);
        if (fault == Fault.HUGE) {
            sendHuge(exchange);
            return;
        }
        if (fault == Fault.SLOW) {
            pause();
        }
        Reply reply = fault == null ? standIn.answer(request) : faulty(fault, standIn, request);
        if (fault != Fault.LOST) {
            witness.saw(name, request, reply);
            send(exchange, reply);
        }
    }

    private static Reply faulty(Fault fault, StandIn standIn, Request request) {
        return switch (fault) {
            case DOWN -> Reply.of(503, Map.of("error", "unavailable"));
            case DENIED -> Reply.of(401, Map.of("message", "who are you?"));
            case LIMITED -> standIn.limited();
            case GARBLED -> garbled(standIn, request);
            case MOVED -> new Reply(302, Map.of("Location", "http://169.254.169.254/latest/meta-data/"), Map.of());
            default -> standIn.answer(request);
        };
    }

    private static Reply garbled(StandIn standIn, Request request) {
        standIn.answer(request); // it is done all the same
        return new Reply(200, Map.of("Content-Type", "text/html"), "<html>".getBytes(StandardCharsets.UTF_8));
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(SLOW_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }

    private static Request request(HttpExchange exchange, String name) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((header, values) -> headers.put(header.toLowerCase(Locale.ROOT), values.get(0)));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath().substring(name.length() + 1),
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.status() == 0) {
            return; // closing without an answer resets the connection
        }
        byte[] body = reply.body() instanceof byte[] bytes ? bytes : json.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void sendHuge(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        byte[] mebibyte = new byte[1 << 20];
        for (int i = 0; i < HUGE_MIB; i++) {
            out.write(mebibyte);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stand-in");
        thread.setDaemon(true);
        return thread;
    }
}
