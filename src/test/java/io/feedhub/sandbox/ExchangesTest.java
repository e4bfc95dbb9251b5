package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.connectors.Steps;
import io.feedhub.contracts.VendorContracts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every request that a connector sends, and every answer of a stand-in, against the vendors' own schemas. */
@Tag("contract")
class ExchangesTest {
    private static final VendorContracts CONTRACTS = new VendorContracts();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODERN = "mcp-2026-07-28.schema.json#/$defs/";
    private static final String OLD = "mcp-2025-11-25.schema.json#/$defs/";
    private static final String APIFY = "apify.openapi.json#/components/schemas/";
    private static final String PROMETHEUS = "prometheus.openapi.json#/components/schemas/";
    private static final String YOUTUBE = "youtube.v3.schema.json#/$defs/";

    /** Vendors that publish what they take and answer; the private services have only docs/. */
    private static final List<Contract> KNOWN = List.of(
            new Contract(
                    "gemini",
                    "POST .*:generateContent",
                    "gemini.schema.json#/$defs/GenerateContentRequest",
                    "gemini.schema.json#/$defs/GenerateContentResponse",
                    "",
                    Set.of()),
            new Contract(
                    "gemini",
                    "POST .*:batchEmbedContents",
                    "gemini.schema.json#/$defs/BatchEmbedContentsRequest",
                    "gemini.schema.json#/$defs/BatchEmbedContentsResponse",
                    "",
                    Set.of()),
            new Contract(
                    "apify",
                    "POST /v2/actors/[^/]+/runs",
                    "",
                    APIFY + "RunResponse",
                    APIFY + "ErrorResponse",
                    Set.of("maxItems", "maxTotalChargeUsd", "waitForFinish")),
            new Contract(
                    "apify",
                    "GET /v2/actor-runs/[^/]+",
                    "",
                    APIFY + "RunResponse",
                    APIFY + "ErrorResponse",
                    Set.of("waitForFinish")),
            new Contract(
                    "apify",
                    "GET /v2/datasets/[^/]+/items",
                    "",
                    "",
                    APIFY + "ErrorResponse",
                    Set.of("clean", "offset", "limit")),
            new Contract(
                    "youtube", "GET /youtube/v3/videos", "", YOUTUBE + "VideoListResponse", "", discovery("videos")),
            new Contract(
                    "youtube",
                    "GET /youtube/v3/channels",
                    "",
                    YOUTUBE + "ChannelListResponse",
                    "",
                    discovery("channels")),
            new Contract(
                    "youtube",
                    "GET /youtube/v3/playlistItems",
                    "",
                    YOUTUBE + "PlaylistItemListResponse",
                    "",
                    discovery("playlistItems")),
            new Contract(
                    "youtube", "GET /youtube/v3/search", "", YOUTUBE + "SearchListResponse", "", discovery("search")),
            new Contract(
                    "youtube",
                    "GET /youtube/v3/commentThreads",
                    "",
                    YOUTUBE + "CommentThreadListResponse",
                    "",
                    discovery("commentThreads")),
            new Contract(
                    "youtube-analytics",
                    "GET /v2/reports",
                    "",
                    "youtubeAnalytics.v2.schema.json#/$defs/QueryResponse",
                    "",
                    names(CONTRACTS
                            .spec("youtubeAnalytics.v2.discovery.trimmed.json")
                            .at("/resources/reports/methods/query/parameters"))),
            new Contract(
                    "gcs",
                    "POST /upload/storage/v1/b/[^/]+/o",
                    "",
                    "storage.v1.schema.json#/$defs/Object",
                    "",
                    with(storage("insert"), "uploadType")),
            new Contract(
                    "gcs",
                    "GET /storage/v1/b/[^/]+/o",
                    "",
                    "storage.v1.schema.json#/$defs/Objects",
                    "",
                    storage("list")),
            new Contract(
                    "gcs",
                    "GET /storage/v1/b/[^/]+/o/[^/]+",
                    "",
                    "storage.v1.schema.json#/$defs/Object",
                    "",
                    storage("get")),
            new Contract(
                    "prometheus",
                    "GET /api/v1/query",
                    "",
                    PROMETHEUS + "QueryOutputBody",
                    PROMETHEUS + "Error",
                    Set.of("query", "time", "timeout")),
            new Contract(
                    "prometheus",
                    "GET /api/v1/query_range",
                    "",
                    PROMETHEUS + "QueryRangeOutputBody",
                    PROMETHEUS + "Error",
                    Set.of("query", "start", "end", "step")),
            new Contract(
                    "prometheus",
                    "GET /api/v1/alerts",
                    "",
                    PROMETHEUS + "AlertsOutputBody",
                    PROMETHEUS + "Error",
                    Set.of()),
            new Contract(
                    "discord",
                    "POST /api/v10/webhooks/.*",
                    "discord-webhook.patched.openapi.json#/components/schemas/IncomingWebhookRequestPartial",
                    "discord-webhook.patched.openapi.json#/components/schemas/MessageResponse",
                    "discord-webhook.patched.openapi.json#/components/schemas/ErrorResponse",
                    Set.of("wait", "thread_id")));

    /** The private services, whose shapes are assumed, and tokens, which have no schema. */
    private static final Set<String> WITHOUT = Set.of("numu", "orbit", "tie", "browser", "google");

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everythingThatIsSentAndAnsweredFits() throws IOException {
        try (Steps steps = new Steps(Map.of())) {
            steps.hub().standIns().observe((service, request, reply) -> seen.add(new Seen(service, request, reply)));
            everyConnector(steps);
            steps.world().fault("noosphere", Fault.OLD);
            steps.call("mcp-action", Map.of("tool", "list_dreams"));
            steps.failure("mcp-action", Map.of("tool", "none"));
            steps.hub().awaitDeliveries();
        }
        Set<String> covered = new TreeSet<>();
        for (Seen exchange : List.copyOf(seen)) {
            covered.add(check(exchange));
        }
        assertThat(covered).containsAll(KNOWN.stream().map(Contract::pattern).toList());
        assertThat(seen).hasSizeGreaterThan(25);
    }

    private static void everyConnector(Steps steps) {
        String schema = "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"} } }";
        steps.call("gemini-action", Map.of("schema", schema), "- one\n- two");
        steps.call("gemini-action", Map.of(), "plain");
        steps.call("gemini-embed-action", Map.of(), List.of("a", "b"));
        steps.call("apify-action", Map.of("actor", "a~b", "maxUsd", "0.5"));
        steps.call(
                "youtube-action",
                Map.of("resource", "videos", "part", "snippet,statistics", "query", "id=vid00000001"));
        steps.call(
                "youtube-action", Map.of("resource", "channels", "part", "snippet,statistics", "query", "mine=true"));
        steps.call(
                "youtube-action",
                Map.of("resource", "playlistItems", "part", "snippet", "query", "playlistId=U", "maxItems", "2"));
        steps.call("youtube-action", Map.of("resource", "search", "query", "q=calm&type=video"));
        steps.call("youtube-action", Map.of("resource", "commentThreads", "query", "videoId=vid00000001"));
        steps.call("youtube-action", Map.of("resource", "commentThreads", "query", "videoId=vid00000002"));
        steps.call(
                "youtube-analytics-action",
                Map.of(
                        "start",
                        "2026-11-01",
                        "end",
                        "2026-11-02",
                        "metrics",
                        "views",
                        "dimensions",
                        "day",
                        "sort",
                        "-day"));
        steps.call("youtube-analytics-action", Map.of("start", "2099-01-01", "end", "2099-01-01", "metrics", "views"));
        Map<String, String> object = Map.of("bucket", "b", "name", "a/b.json");
        steps.call("gcs-action", object, Map.of("a", 1));
        steps.call("gcs-action", object, Map.of("a", 1));
        steps.call("gcs-action", Map.of("bucket", "b", "prefix", "a/"));
        steps.call("gcs-action", Map.of("bucket", "none"));
        steps.call("prometheus-action", Map.of("query", "up"));
        steps.call("prometheus-action", Map.of("query", "up", "range", "5m"));
        steps.call("prometheus-action", Map.of());
        steps.call("mcp-action", Map.of("tool", "list_dreams", "arguments", "{\"since\": \"2026-01-01T00:00:00Z\"}"));
        steps.failure("mcp-action", Map.of("tool", "add_node"));
        steps.call("discord-sink", Map.of("channel", "infra", "title", "a", "text", "b", "tone", "bad"));
    }

    /** The pattern that the exchange fits. */
    private static String check(Seen exchange) throws IOException {
        if (WITHOUT.contains(exchange.service())) {
            return exchange.service();
        }
        if (exchange.service().equals("noosphere")) {
            checkMcp(exchange);
            return "mcp";
        }
        if (exchange.request().is("GET", "/v2/actors/[^/]+/runs")) {
            return "apify's list of runs, which the trimmed specification does not have";
        }
        Contract contract = KNOWN.stream()
                .filter(known -> known.covers(exchange))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody's contract: " + exchange));
        assertThat(contract.parameters())
                .as(exchange.toString())
                .containsAll(exchange.request().query().keySet());
        assertFits(contract.asked(), exchange.request().body(), exchange);
        boolean success = exchange.reply().status() < 300;
        assertFits(success ? contract.answered() : contract.refused(), text(exchange.reply()), exchange);
        return contract.pattern();
    }

    private static void checkMcp(Seen exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.request().body());
        boolean old = !message.at("/params/_meta").isObject();
        String method = message.path("method").asText();
        String asked = Map.of(
                        "tools/call", "CallToolRequest",
                        "initialize", "InitializeRequest",
                        "notifications/initialized", "InitializedNotification")
                .getOrDefault(method, "none");
        assertFits((old ? OLD : MODERN) + asked, exchange.request().body(), exchange);
        String answer = text(exchange.reply()).replaceFirst("(?s)^event: message\ndata: ", "");
        if (answer.isEmpty()) {
            return;
        }
        JsonNode reply = JSON.readTree(answer);
        if (reply.has("error")) {
            assertFits((old ? OLD : MODERN) + "JSONRPCErrorResponse", answer, exchange);
        } else if (old) {
            String result = method.equals("initialize") ? "InitializeResult" : "CallToolResult";
            assertFits(OLD + result, reply.path("result").toString(), exchange);
        } else {
            assertFits(MODERN + "CallToolResultResponse", answer, exchange);
        }
    }

    private static void assertFits(String schema, String body, Seen exchange) throws IOException {
        if (!schema.isEmpty()) {
            assertThat(CONTRACTS.faults(schema, JSON.readTree(body)))
                    .as(exchange + " " + schema)
                    .isEmpty();
        }
    }

    private static String text(Reply reply) throws IOException {
        return reply.body() instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : JSON.writeValueAsString(reply.body());
    }

    private static Set<String> discovery(String resource) {
        return names(CONTRACTS
                .spec("youtube.v3.discovery.trimmed.json")
                .at("/resources/" + resource + "/methods/list/parameters"));
    }

    private static Set<String> storage(String method) {
        return names(CONTRACTS
                .spec("storage.v1.discovery.trimmed.json")
                .at("/resources/objects/methods/" + method + "/parameters"));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> with(Set<String> names, String more) {
        names.add(more);
        return names;
    }

    private record Seen(String service, Request request, Reply reply) {
        @Override
        public String toString() {
            return service + " " + request.method() + " " + request.path() + " " + request.query() + " "
                    + reply.status();
        }
    }

    /**
     * @param asked schema of the request's body, of a success's and of a failure's answer; empty when there is none
     * @param parameters that the query may have
     */
    private record Contract(
            String service, String pattern, String asked, String answered, String refused, Set<String> parameters) {

        boolean covers(Seen exchange) {
            return exchange.service().equals(service)
                    && (exchange.request().method() + " " + exchange.request().path()).matches(pattern);
        }
    }
}
