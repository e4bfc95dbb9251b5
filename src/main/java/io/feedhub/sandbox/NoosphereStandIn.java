package io.feedhub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Noosphere's MCP server, with the tools list_dreams, list_nodes and add_node. It speaks the protocol of 2026-07-28, or
 * that of 2025-11-25 when the world says so, and answers as a stream of events then.
 */
final class NoosphereStandIn implements StandIn {
    private static final String MODERN = "2026-07-28";
    private static final String OLD = "2025-11-25";

    /** A session is forgotten after so many messages, as by a server that was started anew. */
    private static final int SESSION_LASTS = 3;

    private final World world;
    private final ObjectMapper json;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Integer> sessions = new ConcurrentHashMap<>();

    NoosphereStandIn(World world, ObjectMapper json) {
        this.world = world;
        this.json = json;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.method().equals("POST")) {
            return Reply.of(405, Map.of());
        }
        try {
            JsonNode message = json.readTree(request.body());
            return world.fault("noosphere") == Fault.OLD ? old(request, message) : modern(request, message);
        } catch (JsonProcessingException e) {
            return error(400, 0, -32700, "Parse error", Map.of());
        }
    }

    private Reply modern(Request request, JsonNode message) {
        int id = message.path("id").asInt();
        String version = message.at("/params/_meta/io.modelcontextprotocol~1protocolVersion")
                .asText();
        if (!version.equals(MODERN) || !request.header("mcp-protocol-version").equals(MODERN)) {
            return error(
                    400,
                    id,
                    -32022,
                    "Unsupported protocol version",
                    Map.of("supported", List.of(MODERN), "requested", version));
        }
        String method = message.path("method").asText();
        if (!method.equals(request.header("mcp-method"))
                || !message.at("/params/name").asText().equals(request.header("mcp-name"))) {
            return error(400, id, -32020, "Header mismatch: Mcp-Method or Mcp-Name", Map.of());
        }
        if (!method.equals("tools/call")) {
            return error(404, id, -32601, "Method not found", Map.of());
        }
        return tool(message.path("params"))
                .map(result -> {
                    result.put("resultType", "complete");
                    return Reply.ok(response(id, result));
                })
                .orElseGet(() -> error(200, id, -32602, "Unknown tool", Map.of()));
    }

    private Reply old(Request request, JsonNode message) throws JsonProcessingException {
        int id = message.path("id").asInt();
        String method = message.path("method").asText();
        if (method.equals("initialize")) {
            String session = "session-" + numbers.incrementAndGet();
            sessions.put(session, 0);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("protocolVersion", OLD);
            result.put("capabilities", Map.of("tools", Map.of()));
            result.put("serverInfo", Map.of("name", "noosphere", "version", "1"));
            return stream(response(id, result), Map.of("MCP-Session-Id", session));
        }
        String session = request.header("mcp-session-id");
        if (session.isEmpty()) {
            return error(400, id, -32000, "Bad Request: No valid session ID provided", Map.of());
        }
        if (sessions.merge(session, 1, Integer::sum) > SESSION_LASTS) {
            int status = numbers.get() % 2 == 0 ? 404 : 400; // as the protocol says, and as many servers do
            return error(status, id, -32001, "Session not found", Map.of());
        }
        if (method.equals("notifications/initialized")) {
            return new Reply(202, Map.of(), new byte[0]);
        }
        Map<String, Object> result = tool(message.path("params")).orElse(null);
        return result == null
                ? error(200, id, -32602, "Unknown tool", Map.of())
                : stream(response(id, result), Map.of());
    }

    private Optional<Map<String, Object>> tool(JsonNode call) {
        return switch (call.path("name").asText()) {
            case "list_dreams" ->
                Optional.of(data(Map.of("dreams", world.noosphere().dreamsSince(since(call)))));
            case "list_nodes" ->
                Optional.of(data(Map.of("nodes", world.noosphere().nodes())));
            case "add_node" -> {
                String title = call.at("/arguments/title").asText();
                yield Optional.of(
                        title.isBlank()
                                ? failure("a node needs a title")
                                : data(Map.of("id", world.noosphere().add(title))));
            }
            default -> Optional.empty();
        };
    }

    private static Instant since(JsonNode call) {
        try {
            return Instant.parse(call.at("/arguments/since").asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private Map<String, Object> data(Map<String, Object> data) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "content",
                List.of(Map.of("type", "text", "text", json.valueToTree(data).toString())));
        result.put("structuredContent", data);
        return result;
    }

    private static Map<String, Object> failure(String words) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", List.of(Map.of("type", "text", "text", words)));
        result.put("isError", true);
        return result;
    }

    private static Map<String, Object> response(int id, Map<String, Object> result) {
        return Map.of("jsonrpc", "2.0", "id", id, "result", result);
    }

    private Reply stream(Map<String, Object> message, Map<String, String> more) throws JsonProcessingException {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "text/event-stream");
        String event = "event: message\ndata: " + json.writeValueAsString(message) + "\n\n";
        return new Reply(200, headers, event.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply error(int status, int id, int code, String message, Map<String, Object> data) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        if (!data.isEmpty()) {
            error.put("data", data);
        }
        return Reply.of(status, Map.of("jsonrpc", "2.0", "id", id, "error", error));
    }
}
