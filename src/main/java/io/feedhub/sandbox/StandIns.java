package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The outside services on one loopback port, each below its own name, over real HTTP. */
public final class StandIns implements AutoCloseable {
    /** The nine channels. */
    public static final List<String> CHANNELS =
            List.of("infra", "alerts", "ops", "serenity", "memory", "noosphere", "intel", "design", "firstdate");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16, StandIns::daemon);
    private final ObjectMapper json = new ObjectMapper();
    private final World world;
    private final DiscordStandIn discord;

    /** Starts them on a free port. */
    public StandIns(Clock clock) {
        this.world = new World(clock);
        this.discord = new DiscordStandIn(clock, json, CHANNELS);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the stand-ins", e);
        }
        serve("numu", new NumuStandIn(world));
        serve("prometheus", new PrometheusStandIn(world));
        serve("apify", new ApifyStandIn(world));
        serve("gemini", new GeminiStandIn(json));
        serve("discord", discord);
        server.setExecutor(threads);
        server.start();
    }

    /** What is the case outside. */
    public World world() {
        return world;
    }

    /** What Discord has. */
    public DiscordStandIn discord() {
        return discord;
    }

    /** The configuration that leads a hub here instead of to the vendors. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String service : List.of("numu", "prometheus", "apify", "gemini")) {
            properties.put("feedhub.services." + service + ".url", url(service));
            properties.put("feedhub.services." + service + ".token", "sandbox");
        }
        CHANNELS.forEach(channel -> properties.put(
                "feedhub.discord.channels." + channel + ".url", url("discord") + DiscordStandIn.path(channel)));
        return properties;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    private void serve(String name, StandIn standIn) {
        server.createContext("/" + name, exchange -> {
            try (exchange) {
                Request request = request(exchange, name);
                send(
                        exchange,
                        world.isBroken(name) ? Reply.of(503, Map.of("error", "unavailable")) : standIn.answer(request));
            }
        });
    }

    private static Request request(HttpExchange exchange, String name) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((header, values) -> headers.put(header.toLowerCase(Locale.ROOT), values.get(0)));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath().substring(name.length() + 1),
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = json.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stand-in");
        thread.setDaemon(true);
        return thread;
    }
}
