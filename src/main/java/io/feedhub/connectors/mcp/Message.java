package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON-RPC as MCP sends it: one message as JSON, or several as a stream of events. */
final class Message {
    static final JsonNode NOTHING = MissingNode.getInstance();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ID = 1; // one request, one answer: no other is ever under way on the connection

    private Message() {}

    static Map<String, Object> request(String method, Map<String, Object> params) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", ID);
        message.put("method", method);
        message.put("params", params);
        return message;
    }

    static Map<String, Object> notification(String method) {
        return Map.of("jsonrpc", "2.0", "method", method);
    }

    /**
     * The result in an answer.
     *
     * @throws ServiceRefused when it holds an error instead, or neither
     */
    static JsonNode result(Answer answer, ToolCall call) {
        JsonNode message = response(answer);
        if (message.has("error")) {
            throw new ServiceRefused(words(answer, call));
        }
        if (!message.path("result").isObject()) {
            throw new ServiceRefused(call.name() + " answered without a result");
        }
        return message.path("result");
    }

    /** The error in an answer, or a missing node: not every refusal speaks JSON-RPC. */
    static JsonNode error(Answer answer) {
        try {
            return response(answer).path("error");
        } catch (ServiceRefused e) {
            return NOTHING;
        }
    }

    /** What an answer without a result says, in the server's own words if it has any. */
    static String words(Answer answer, ToolCall call) {
        JsonNode error = error(answer);
        return call.name() + " answered "
                + (error.isObject()
                        ? error.path("code").asInt() + ": "
                                + error.path("message").asText()
                        : answer.status());
    }

    private static JsonNode response(Answer answer) {
        if (!answer.header("Content-Type").startsWith("text/event-stream")) {
            return answer.json();
        }
        return events(answer.text()).stream()
                .filter(message -> message.has("result") || message.has("error"))
                .findFirst()
                .orElse(NOTHING);
    }

    /** The data of server-sent events, line ends of any kind. */
    private static List<JsonNode> events(String stream) {
        List<JsonNode> messages = new ArrayList<>();
        for (String event : stream.replace("\r\n", "\n").replace('\r', '\n').split("\n\n")) {
            StringBuilder data = new StringBuilder();
            event.lines().filter(line -> line.startsWith("data:")).forEach(line -> data.append(line.substring(5))
                    .append('\n'));
            if (!data.toString().isBlank()) {
                messages.add(parse(data.toString()));
            }
        }
        return messages;
    }

    private static JsonNode parse(String data) {
        try {
            return JSON.readTree(data);
        } catch (IOException e) {
            throw new ServiceRefused("an MCP server sent an event that is not JSON");
        }
    }
}
