package io.feedhub.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The same job without a framework: about as far as a JVM gets with JDBC and {@code java.net.http}. Chunks of 500 with
 * set-based SQL and one commit each, eight threads for the calls; no ledger and no history.
 */
final class BarePeer {
    private static final int CHUNK = 500;
    private static final int THREADS = 8;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final JdbcTemplate database;
    private final TransactionTemplate transaction;
    private final String upstream;

    private BarePeer(String database, String upstream) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database);
        pool.setUsername("postgres");
        this.database = new JdbcTemplate(pool);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
        this.upstream = upstream;
    }

    /** Arguments: database address, upstream address. Each line of its input runs the job once. */
    public static void main(String[] arguments) {
        Rounds.onEachLine(new BarePeer(arguments[0], arguments[1])::job);
    }

    private void job() {
        try {
            List<JsonNode> chunk = new ArrayList<>();
            for (JsonNode item : json.readTree(get("/items"))) {
                chunk.add(item);
                if (chunk.size() == CHUNK) {
                    work(chunk);
                    chunk.clear();
                }
            }
            work(chunk);
        } catch (IOException | InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void work(List<JsonNode> chunk) throws InterruptedException, ExecutionException {
        Set<String> known = new HashSet<>(
                database.queryForList("select key from seen_bare where key = any (?)", String.class, (Object)
                        chunk.stream().map(BarePeer::id).toArray(String[]::new)));
        List<JsonNode> fresh =
                chunk.stream().filter(item -> known.add(id(item))).toList();
        List<Integer> scores = each(
                fresh,
                item -> json.readTree(get("/enrich/" + id(item))).path("score").asInt());
        transaction.executeWithoutResult(status -> write(fresh, scores));
        each(fresh, this::post);
    }

    private void write(List<JsonNode> fresh, List<Integer> scores) {
        String[] ids = fresh.stream().map(BarePeer::id).toArray(String[]::new);
        database.update("insert into seen_bare (key) select unnest(?::text[]) on conflict do nothing", (Object) ids);
        database.update(
                "insert into item (id, title, score) select * from unnest(?::text[], ?::text[], ?::integer[])",
                ids,
                fresh.stream().map(item -> item.path("title").asText()).toArray(String[]::new),
                scores.toArray(Integer[]::new));
    }

    /**
     * Java's client now and then closes a pooled connection with the answer on it (its pool reads it as left over), which it
     * repeats by itself for a GET alone. The post has arrived then: were one lost, the referee would say so.
     */
    private int post(JsonNode item) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(upstream + "/webhook"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"embeds\":[{\"title\":\"" + id(item) + "\"}]}"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            System.err.println("an answer is lost: " + e);
            return -1;
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(upstream + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private <T> List<T> each(List<JsonNode> items, Step<T> step) throws InterruptedException, ExecutionException {
        List<Callable<T>> calls = new ArrayList<>();
        items.forEach(item -> calls.add(() -> step.of(item)));
        List<T> results = new ArrayList<>();
        for (Future<T> result : threads.invokeAll(calls)) {
            results.add(result.get());
        }
        return results;
    }

    private static String id(JsonNode item) {
        return item.path("id").asText();
    }

    @FunctionalInterface
    private interface Step<T> {
        T of(JsonNode item) throws JsonProcessingException, IOException, InterruptedException;
    }
}
