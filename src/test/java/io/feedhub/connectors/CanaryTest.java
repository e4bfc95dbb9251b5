package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.RunningHub;
import io.feedhub.sandbox.Fault;
import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.CamelExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A secret in every token and every address, and every fault at every service: after that no secret is in the logs, the
 * failures, the metrics, the pages, the API's answers, JMX or the database.
 */
@ExtendWith(OutputCaptureExtension.class)
class CanaryTest {
    private static final String CANARY = "CANARY";

    /** Whatever is a secret and was not made here: webhook tokens, and the token that Google lends. */
    private static final List<String> SECRETS = List.of(CANARY, "token-infra", "token-alerts", "token-design", "ya29.");

    private static final Map<String, Map<String, String>> STEPS = new TreeMap<>(Map.of(
            "numu", Map.of("path", "/sentinel"),
            "prometheus", Map.of("query", "up"),
            "apify", Map.of("actor", "a~b"),
            "gemini", Map.of(),
            "youtube", Map.of("resource", "channels", "query", "mine=true"),
            "youtube-analytics", Map.of("start", "2026-11-01", "end", "2026-11-01", "metrics", "views"),
            "gcs", Map.of("bucket", "b"),
            "orbit", Map.of("path", "/designs/1"),
            "tie", Map.of(),
            "browser", Map.of("url", "https://example.com/")));

    private static final String MCP = "noosphere";
    private static final List<String> SERVICES =
            Stream.concat(STEPS.keySet().stream(), Stream.of(MCP)).toList();

    /** In what words services fail; the others are of one service only. */
    private static final Map<Fault, String> WORDS = Map.of(
            Fault.DOWN, "answered 503",
            Fault.SLOW, "did not answer in time",
            Fault.LIMITED, "answered 429",
            Fault.DENIED, "answered 401",
            Fault.LOST, "broke off",
            Fault.GARBLED, "answered what is not JSON",
            Fault.HUGE, "the answer is longer than 8 MiB",
            Fault.MOVED, "answered 302");

    private final Map<String, String> seen = new TreeMap<>();

    @TempDir
    private Path folder;

    @Test
    void noSecretIsToldAnywhere(CapturedOutput output) throws IOException, JMException {
        for (String file :
                List.of("_shared/errors", "infrastructure/heartbeat_pulse", "infrastructure/infra_watchdog")) {
            Path copy = folder.resolve(file + ".yaml");
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("routes", file + ".yaml"), copy);
        }
        try (Forwarder forwarder = new Forwarder();
                Steps steps = new Steps(settings(forwarder), folder)) {
            String numu = String.valueOf(steps.hub().standIns().properties().get("feedhub.services.numu.url"));
            forwarder.leadTo(numu.substring(0, numu.lastIndexOf('/')));
            everyFault(steps);
            steps.hub().run("infra_watchdog");
            aRunFails(steps);
            discordRefuses(steps);
            look(steps.hub());
        }
        seen.put("log", output.getAll());
        assertThat(seen.get("log")).containsPattern("heartbeat_pulse: run \\d+ failed");
        seen.forEach((where, text) -> SECRETS.forEach(secret ->
                assertThat(lines(text, secret)).as(secret + " in " + where).isEmpty()));
    }

    /** The test itself would notice: a secret that is known to be told is found. */
    @Test
    void whatIsToldIsFound() {
        assertThat(lines("one\ntwo " + CANARY + "url\n", CANARY)).containsExactly("two CANARYurl");
    }

    private static Map<String, Object> settings(Forwarder forwarder) {
        Map<String, Object> settings = new HashMap<>();
        for (String service : SERVICES) {
            String key = "feedhub.services." + service;
            settings.put(key + ".url", forwarder.url(CANARY + "url-" + service) + "/" + service);
            settings.put(key + ".token", CANARY + "token-" + service);
            settings.put(key + ".pause", "0s");
            settings.put(key + ".timeout", "1s");
        }
        for (String service : List.of("youtube-analytics", "gcs")) {
            String key = "feedhub.services." + service + ".oauth.";
            settings.put(key + "url", forwarder.url(CANARY + "url-oauth") + "/google/token");
            settings.put(key + "client-id", CANARY + "client");
            settings.put(key + "client-secret", CANARY + "secret");
            settings.put(key + "refresh-token", CANARY + "refresh");
        }
        settings.put("feedhub.retry-delay", 10);
        settings.put("feedhub.database.password", CANARY + "database");
        settings.put("feedhub.users[1].name", "eve");
        settings.put("feedhub.users[1].password", RunningHub.hash(CANARY + "user"));
        settings.put("feedhub.users[1].role", "viewer");
        settings.put("logging.level.io.feedhub", "debug");
        settings.put("logging.level.org.apache.camel", "info");
        return settings;
    }

    private void everyFault(Steps steps) {
        Map<Fault, List<String>> failures = new EnumMap<>(Fault.class);
        for (Fault fault : faults()) {
            SERVICES.forEach(service -> steps.world().fault(service, fault));
            failures.put(fault, failures(steps, fault));
            SERVICES.forEach(steps.world()::restore);
        }
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> steps.call("numu-action", Map.of("path", "/sentinel"), "is it left alone") != null);
        WORDS.forEach((fault, words) -> assertThat(failures.get(fault))
                .as(fault + ": " + words)
                .filteredOn(failure -> failure.contains(words))
                .hasSizeGreaterThan(4));
        String all = failures.toString();
        assertThat(all).as("what a fault met").doesNotContain("asked to be left alone");
        seen.put("failures", all);
    }

    /** Who answers 429 is left alone for a while, so that no fault after it would reach anybody. */
    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        faults.remove(Fault.LIMITED);
        faults.add(Fault.LIMITED);
        return faults;
    }

    /** Those that are slow are waited for together; others one after the other, for their answers may be large. */
    private static List<String> failures(Steps steps, Fault fault) {
        ExecutorService threads = Executors.newFixedThreadPool(fault == Fault.SLOW ? SERVICES.size() : 1);
        try {
            return SERVICES.stream()
                    .map(service -> CompletableFuture.supplyAsync(() -> failure(steps, service), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    /** Empty when a step does not fail. */
    private static String failure(Steps steps, String service) {
        StringWriter failure = new StringWriter();
        try {
            if (service.equals(MCP)) {
                steps.call("mcp-action", Map.of("tool", "list_dreams"), "a question");
            } else {
                steps.call(service + "-action", STEPS.getOrDefault(service, Map.of()), "a question");
            }
        } catch (CamelExecutionException e) {
            e.printStackTrace(new PrintWriter(failure));
        }
        return failure.toString();
    }

    private static void aRunFails(Steps steps) {
        steps.world().fault("numu", Fault.DOWN);
        Awaitility.await().until(() -> steps.hub().run("heartbeat_pulse").equals("failed"));
        steps.world().restore("numu");
    }

    /** Each in a channel of its own, that no flow posts to. */
    private static void discordRefuses(Steps steps) {
        Map<String, Fault> faults = Map.of("design", Fault.GARBLED, "memory", Fault.LOST, "intel", Fault.DENIED);
        faults.forEach((channel, fault) -> {
            steps.world().fault("discord", fault);
            steps.call("discord-sink", Map.of("channel", channel, "title", "with " + fault));
            Awaitility.await()
                    .until(() -> steps.hub()
                                    .count("select count(*) from feedhub.outgoing_attempt a join feedhub.outgoing o"
                                            + " on o.id = a.outgoing where a.ended_at is not null and o.channel = '"
                                            + channel + "'")
                            == 1);
        });
        steps.world().restore("discord");
    }

    private void look(RunningHub hub) throws JMException, IOException {
        long failed = hub.count("select max(id) from feedhub.occurrence where outcome = 'failed'");
        long message = hub.count("select max(id) from feedhub.outgoing");
        for (String path : List.of(
                "/",
                "/flows/heartbeat_pulse",
                "/flows/heartbeat_pulse/edit",
                "/runs",
                "/runs/" + failed,
                "/deliveries",
                "/deliveries/" + message,
                "/nodes",
                "/audit",
                "/search?q=token",
                "/observe/metrics",
                "/observe/health",
                "/api/flows",
                "/api/flows/heartbeat_pulse",
                "/api/flows/heartbeat_pulse/state",
                "/api/runs",
                "/api/runs/" + failed,
                "/api/nodes",
                "/api/report",
                "/api/deliveries",
                "/api/deliveries/" + message,
                "/api/channels",
                "/api/audit",
                "/api/models",
                "/api/commands")) {
            HttpResponse<String> answer = hub.send("GET", path, true);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            seen.put(path, answer.body());
        }
        seen.put("JMX", jmx());
        for (String table : hub.database()
                .sql(
                        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('feedhub', 'public')")
                .query(String.class)
                .list()) {
            seen.put(
                    table,
                    String.join(
                            "\n",
                            hub.database()
                                    .sql("select t::text from " + table + " t")
                                    .query(String.class)
                                    .list()));
        }
        assertThat(seen.get("feedhub.outgoing")).contains("design");
        assertThat(StandIns.CHANNELS)
                .allSatisfy(channel -> assertThat(seen.get("/api/channels")).contains(channel));
    }

    private static String jmx() throws JMException, IOException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        ObjectMapper json = new ObjectMapper();
        for (ObjectName name : server.queryNames(null, null)) {
            all.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable() && !attribute.getName().equals("ClassPath")) {
                    all.append(name).append(' ').append(attribute.getName()).append(" = ");
                    try {
                        Object value = server.getAttribute(name, attribute.getName());
                        all.append(value instanceof Object[] ? json.writeValueAsString(value) : value);
                    } catch (JMException | RuntimeMBeanException e) {
                        all.append(e.getMessage());
                    }
                    all.append('\n');
                }
            }
        }
        assertThat(all).contains("org.apache.camel", "Hikari");
        return all.toString();
    }

    private static List<String> lines(String text, String secret) {
        return text.lines()
                .filter(line -> line.contains(secret))
                .map(line -> line.substring(0, Math.min(300, line.length())))
                .collect(Collectors.toList());
    }
}
