package io.feedhub.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The outside of the job, in a process of its own: a list of items, a page for each, and a webhook. It numbers the items
 * and counts what comes back, and so it is the clock and the referee of every contender.
 *
 * <p>{@code POST /round?size=20000} sets the next list; one item in five is a repetition of an earlier one.
 */
public final class Upstream {
    private static final int SEED = 64;
    private static final Pattern ITEM = Pattern.compile("item-(\\d+)-(\\d+)");

    private final ConcurrentHashMap<String, AtomicInteger> posts = new ConcurrentHashMap<>();
    private final AtomicLong fetchedAt = new AtomicLong();
    private final AtomicLong firstPostAt = new AtomicLong();
    private final AtomicLong lastPostAt = new AtomicLong();
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile byte[] list = {'[', ']'};
    private volatile int distinct;

    private Upstream() {}

    /** Starts it; the first line of its output is its port. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "3600"); // contenders wait for their turns
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newFixedThreadPool(16));
        Upstream upstream = new Upstream();
        server.createContext("/round", upstream::nextRound);
        server.createContext("/items", upstream::items);
        server.createContext("/enrich/", upstream::enrich);
        server.createContext("/webhook", upstream::webhook);
        server.createContext("/stats", upstream::stats);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void nextRound(HttpExchange exchange) throws IOException {
        int size = Integer.parseInt(exchange.getRequestURI().getQuery().replace("size=", ""));
        int round = rounds.incrementAndGet();
        posts.clear();
        Random random = new Random(SEED);
        AtomicInteger fresh = new AtomicInteger();
        list = IntStream.range(0, size)
                .map(i -> i > 0 && i % 5 == 4 ? random.nextInt(fresh.get()) : fresh.getAndIncrement())
                .mapToObj(i -> "{\"id\":\"item-%d-%d\",\"title\":\"Title of item %d\"}".formatted(round, i, i))
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.UTF_8);
        distinct = fresh.get();
        fetchedAt.set(0);
        firstPostAt.set(0);
        lastPostAt.set(0);
        answer(exchange, Integer.toString(distinct));
    }

    private void items(HttpExchange exchange) throws IOException {
        answer(exchange, list);
        fetchedAt.compareAndSet(0, System.nanoTime());
    }

    private void enrich(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        answer(exchange, "{\"id\":\"%s\",\"score\":%d}".formatted(id, Math.floorMod(id.hashCode(), 100)));
    }

    private void webhook(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher item = ITEM.matcher(body);
        while (item.find()) {
            posts.computeIfAbsent(item.group(), id -> new AtomicInteger()).incrementAndGet();
        }
        long now = System.nanoTime();
        firstPostAt.compareAndSet(0, now);
        lastPostAt.set(now);
        answer(exchange, "{\"id\":\"" + now + "\"}");
    }

    private void stats(HttpExchange exchange) throws IOException {
        long doubled = posts.values().stream().filter(count -> count.get() > 1).count();
        answer(
                exchange,
                "{\"expected\":%d,\"posted\":%d,\"doubled\":%d,\"firstPostMicros\":%d,\"lastPostMicros\":%d}"
                        .formatted(distinct, posts.size(), doubled, since(firstPostAt), since(lastPostAt)));
    }

    private long since(AtomicLong instant) {
        return Math.max(0, instant.get() - fetchedAt.get()) / 1000;
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        answer(exchange, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
