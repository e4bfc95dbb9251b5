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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.CamelExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A secret in every token and every address, and every fault at every service: after that no secret is in the logs, the
 * failures, the metrics, the API's answers, JMX or the database.
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

    private final Map<String, String> seen = new TreeMap<>();

    @Test
    void noSecretIsToldAnywhere(CapturedOutput output) throws IOException, JMException {
        try (Forwarder forwarder = new Forwarder();
                Steps steps = new Steps(settings(forwarder), Path.of("routes"))) {
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
        List<String> services = new ArrayList<>(STEPS.keySet());
        services.add("noosphere");
        for (String service : services) {
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
        settings.put("feedhub.database.password", CANARY + "database");
        settings.put("feedhub.users[1].name", "eve");
        settings.put("feedhub.users[1].password", RunningHub.hash(CANARY + "user"));
        settings.put("feedhub.users[1].role", "viewer");
        settings.put("logging.level.io.feedhub", "debug");
        settings.put("logging.level.org.apache.camel", "info");
        return settings;
    }

    private void everyFault(Steps steps) {
        StringWriter failures = new StringWriter();
        for (Fault fault : faults()) {
            STEPS.forEach((service, parameters) -> {
                steps.world().fault(service, fault);
                call(steps, service + "-action", parameters, failures);
                steps.world().restore(service);
            });
            steps.world().fault("noosphere", fault);
            call(steps, "mcp-action", Map.of("tool", "list_dreams"), failures);
            steps.world().restore("noosphere");
        }
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> steps.call("numu-action", Map.of("path", "/sentinel"), "is it left alone") != null);
        assertThat(failures.toString().split("ServiceDown|ServiceRefused|OutcomeUnknown"))
                .hasSizeGreaterThan(40);
        assertThat(failures.toString()).as("what a fault met").doesNotContain("asked to be left alone");
        seen.put("failures", failures.toString());
    }

    /** Who answers 429 is left alone for a while, so that no fault after it would reach anybody. */
    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        faults.remove(Fault.LIMITED);
        faults.add(Fault.LIMITED);
        return faults;
    }

    private static void call(Steps steps, String kamelet, Map<String, String> parameters, StringWriter failures) {
        try {
            steps.call(kamelet, parameters, "a question");
        } catch (CamelExecutionException e) {
            e.printStackTrace(new PrintWriter(failures));
        }
    }

    private static void aRunFails(Steps steps) {
        steps.world().fault("numu", Fault.DOWN);
        Awaitility.await().until(() -> steps.hub().run("heartbeat_pulse").equals("failed"));
        steps.world().restore("numu");
    }

    /** In a channel that no flow posts to, so that a schedule's own message cannot be the one that is refused. */
    private static void discordRefuses(Steps steps) {
        for (Fault fault : List.of(Fault.GARBLED, Fault.LOST, Fault.DENIED)) {
            steps.world().fault("discord", fault);
            String title = "with " + fault;
            steps.call("discord-sink", Map.of("channel", "design", "title", title));
            Awaitility.await()
                    .until(() -> steps.hub()
                                    .count("select count(*) from feedhub.outgoing where attempts > 0"
                                            + " and payload::text like '%" + title + "%'")
                            == 1);
        }
    }

    private void look(RunningHub hub) throws JMException, IOException {
        for (String path : List.of(
                "/observe/metrics",
                "/observe/health",
                "/api/flows",
                "/api/flows/heartbeat_pulse",
                "/api/runs",
                "/api/deliveries",
                "/api/channels",
                "/api/audit",
                "/api/models",
                "/api/commands")) {
            seen.put(path, hub.send("GET", path, true).body());
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
