package io.feedhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * The real hub on a database of its own, with the stand-ins outside. Its schedules are silent: a test runs a flow when it
 * wants it to run.
 */
public final class RunningHub implements AutoCloseable {
    private static final String PASSWORD = "secret";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StandIns standIns = new StandIns(Clock.systemUTC());
    private final TestDatabase database;
    private final Map<String, Object> settings;
    private final ConfigurableApplicationContext context;

    /**
     * Starts a hub over a folder of routes; properties win over what the stand-ins and the database need. With
     * {@code test.ticks} the schedules in the files come; {@code test.clock} is this machine's clock.
     */
    public RunningHub(Path routes, Map<String, Object> properties) {
        this(routes, properties, TestDatabase.migrated());
    }

    /** The same on a database that others use as well, or used before. */
    public RunningHub(Path routes, Map<String, Object> properties, TestDatabase database) {
        this.database = database;
        Map<String, Object> all = new HashMap<>(standIns.properties());
        all.put("feedhub.database.url", database.url());
        all.put("feedhub.database.username", "postgres");
        all.put("feedhub.routes", routes.toString());
        all.put("feedhub.users[0].name", "admin");
        all.put("feedhub.users[0].password", hash(PASSWORD));
        all.put("feedhub.users[0].role", "admin");
        all.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        all.put("server.port", 0);
        all.putAll(properties);
        settings = Map.copyOf(all);
        context = new SpringApplicationBuilder(FeedHub.class)
                .initializers(silence(all), clock(all), started -> started.getEnvironment()
                        .getPropertySources()
                        .addFirst(new org.springframework.core.env.MapPropertySource("test", all)))
                .run();
    }

    /** A password as {@code feedhub.users} wants it; weak, for it is asked for often. */
    public static String hash(String password) {
        return "{bcrypt}" + new BCryptPasswordEncoder(4).encode(password);
    }

    /** What this hub was started with, for a peer of it. */
    public Map<String, Object> settings() {
        return settings;
    }

    public StandIns standIns() {
        return standIns;
    }

    public JdbcClient database() {
        return JdbcClient.create(database.dataSource());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public void publish(Object event) {
        context.publishEvent(event);
    }

    /** Runs a flow and waits for the end of the run. */
    public String run(String flow) {
        long before = runs(flow);
        int status = post("/api/flows/" + flow + "/run");
        if (status != 202) {
            throw new AssertionError(flow + " was not started: " + status);
        }
        Awaitility.await().until(() -> runs(flow) > before);
        return database()
                .sql("select outcome from feedhub.occurrence where flow = ? order by id desc limit 1")
                .param(flow)
                .query(String.class)
                .single();
    }

    /** Waits until everything on the ledger has an end. */
    public void awaitDeliveries() {
        Awaitility.await()
                .until(() -> count("select count(*) from feedhub.outgoing where state in ('queued', 'sending')") == 0);
    }

    public long count(String sql) {
        return database().sql(sql).query(Long.class).single();
    }

    public JsonNode get(String path) {
        try {
            return new ObjectMapper().readTree(send("GET", path, true).body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    public int post(String path) {
        return send("POST", path, true).statusCode();
    }

    /** Where it listens, without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    public HttpResponse<String> send(String method, String path, boolean signedIn) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()), path, signedIn);
    }

    /** Sends a text as the revision that follows base. */
    public HttpResponse<String> put(String path, String base, String text) {
        HttpRequest.Builder request = request(path).PUT(HttpRequest.BodyPublishers.ofString(text));
        request.header("Content-Type", "application/yaml");
        if (!base.isEmpty()) {
            request.header("If-Match", base);
        }
        return send(request, path, true);
    }

    /** Deletes what follows base. */
    public HttpResponse<String> delete(String path, String base) {
        return send(request(path).DELETE().header("If-Match", base), path, true);
    }

    /** Sends JSON as the admin. */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(request.header("Content-Type", "application/json"), path, true);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String path, boolean signedIn) {
        if (signedIn) {
            byte[] pair = ("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(path, e);
        }
    }

    @Override
    public void close() {
        context.close();
        standIns.close();
    }

    private long runs(String flow) {
        return database()
                .sql("select count(*) from feedhub.occurrence where flow = ? and outcome not in ('planned', 'running')")
                .param(flow)
                .query(Long.class)
                .single();
    }

    private static org.springframework.context.ApplicationContextInitializer<GenericApplicationContext> silence(
            Map<String, Object> properties) {
        return properties.containsKey("test.ticks") ? hub -> {} : new Silence();
    }

    private static org.springframework.context.ApplicationContextInitializer<GenericApplicationContext> clock(
            Map<String, Object> properties) {
        return properties.get("test.clock") instanceof Clock clock
                ? hub -> hub.registerBean("test-clock", Clock.class, () -> clock, bean -> bean.setPrimary(true))
                : hub -> {};
    }

    /** Schedules that never come, in place of the ones in the files. */
    private static final class Silence
            implements org.springframework.context.ApplicationContextInitializer<GenericApplicationContext> {
        @Override
        public void initialize(GenericApplicationContext context) {
            context.registerBean("silence", Silent.class, Silent::new);
        }
    }

    static final class Silent extends LifecycleStrategySupport {
        @Override
        public void onEndpointAdd(Endpoint endpoint) {
            if (endpoint instanceof QuartzEndpoint ticks) {
                ticks.setCron("0 0 0 1 1 ? 2099");
            }
        }
    }
}
