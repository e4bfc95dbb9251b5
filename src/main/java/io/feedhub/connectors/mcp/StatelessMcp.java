package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** MCP of 2026-07-28: each request stands for itself, its version and its client in {@code _meta}. */
@Component
final class StatelessMcp {
    static final String VERSION = "2026-07-28";

    static final int UNSUPPORTED_VERSION = -32022;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final Set<Integer> OTHERS_OF_ITS_OWN = Set.of(-32020, -32021);
    private static final Set<Integer> SAY_NOTHING_OF_THE_PROTOCOL = Set.of(401, 403, 408, 429);

    private final ServiceCalls services;

    StatelessMcp(ServiceCalls services) {
        this.services = services;
    }

    JsonNode call(ToolCall tool) throws IOException, NotSpoken {
        Call call = Call.post(tool.service(), "")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", VERSION)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool.tool())
                .json(Parameters.write(request(tool)));
        Answer answer = services.send(tool.repeatable() ? call.repeatable() : call);
        if (answer.status() >= 400 && answer.status() < 500) {
            refuse(answer, tool);
        }
        return Message.result(answer.require(), tool);
    }

    private static Map<String, Object> request(ToolCall tool) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put(
                "_meta",
                Map.of(
                        "io.modelcontextprotocol/protocolVersion", VERSION,
                        "io.modelcontextprotocol/clientInfo", Map.of("name", "feed-hub", "version", "1"),
                        "io.modelcontextprotocol/clientCapabilities", Map.of()));
        params.put("name", tool.tool());
        params.put("arguments", tool.arguments());
        return Message.request("tools/call", params);
    }

    /** A refusal that only this protocol knows is one; any other says that the server does not speak it. */
    private static void refuse(Answer answer, ToolCall tool) throws NotSpoken {
        if (SAY_NOTHING_OF_THE_PROTOCOL.contains(answer.status())) {
            return;
        }
        JsonNode error = Message.error(answer);
        int code = error.path("code").asInt();
        boolean spoken = OTHERS_OF_ITS_OWN.contains(code)
                || (code == METHOD_NOT_FOUND && answer.status() == 404)
                || (code == UNSUPPORTED_VERSION && !supports(error, SessionMcp.VERSION));
        if (spoken) {
            throw new ServiceRefused(tool.name() + " answered " + code + ": "
                    + error.path("message").asText());
        }
        throw new NotSpoken();
    }

    private static boolean supports(JsonNode error, String version) {
        for (JsonNode supported : error.at("/data/supported")) {
            if (supported.asText().equals(version)) {
                return true;
            }
        }
        return false;
    }
}
