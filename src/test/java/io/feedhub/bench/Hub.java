package io.feedhub.bench;

import io.feedhub.HubProcess;
import io.feedhub.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hub with the flow of {@code bench/routes}. */
final class Hub implements Contender {
    private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");

    private final Arena arena;
    private final String database;
    private final String address;
    private final Launch launch;
    private final Path log;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    private Hub(Arena arena, String database, String address, Map<String, String> more, Launch launch)
            throws IOException {
        this.arena = arena;
        this.database = database;
        this.address = address;
        this.launch = launch;
        this.log = Path.of("target", database + ".log");
        Map<String, Object> settings = new TreeMap<>(more);
        settings.put("feedhub.database.url", address);
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", "src/test/resources/bench/routes");
        settings.put("feedhub.beans", "src/test/resources/bench/beans");
        settings.put("feedhub.services.bench.url", arena.upstream());
        settings.put("feedhub.discord.channels.bench.url", arena.upstream() + "/webhook");
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("feedhub.users[0].role", "admin");
        settings.put("server.port", 0);
        settings.put("logging.level.org.springframework.boot.web.embedded.tomcat", "info"); // which port it is
        for (String channel : "infra alerts ops serenity memory noosphere intel design firstdate".split(" ")) {
            settings.put("feedhub.discord.channels." + channel + ".url", arena.upstream() + "/webhook/" + channel);
        }
        this.process = launch.start(settings, log, "run");
    }

    /** As an operator starts it. */
    static Hub start(Arena arena, String database) throws IOException {
        return start(arena, database, Map.of());
    }

    static Hub start(Arena arena, String database, Map<String, String> more) throws IOException {
        return new Hub(arena, database, arena.newDatabase(database), more, HubProcess::launch).ready();
    }

    /** From the classes as they are compiled, without the launcher and its jar. */
    static Hub startFromClasses(Arena arena, String database) throws IOException {
        return new Hub(arena, database, arena.newDatabase(database), Map.of(), HubProcess::start).ready();
    }

    /** The hub again, on what it left behind. */
    Hub restart() throws IOException {
        return new Hub(arena, database, address, Map.of(), launch).ready();
    }

    @Override
    public String name() {
        return "Feed-Hub";
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public void begin() {
        int status = status("POST", "/api/flows/items/run");
        if (status != 202) {
            throw new IllegalStateException("the flow was not started: " + status);
        }
    }

    @Override
    public boolean isOver() {
        return count("select count(*) from feedhub.occurrence where outcome = 'running'") == 0
                && count("select count(*) from feedhub.outgoing where state in ('pending', 'queued', 'sending')") == 0;
    }

    long count(String sql) {
        JdbcClient client = arena.database(database);
        return client.sql(sql).query(Long.class).single();
    }

    private Hub ready() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(this::listens);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> status("GET", "/api/flows/items") == 200);
        return this;
    }

    private boolean listens() throws IOException {
        Matcher told = LISTENS.matcher(Files.readString(log));
        boolean found = told.find();
        if (found) {
            port = Integer.parseInt(told.group(1));
        }
        return found;
    }

    private int status(String method, String path) {
        String pair = Base64.getEncoder().encodeToString("admin:x".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Basic " + pair)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException("the hub does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Launch {
        Process start(Map<String, Object> settings, Path output, String... arguments) throws IOException;
    }
}
