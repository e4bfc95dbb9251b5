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
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * MCP of 2026-07-28: each request stands for itself, its version and its client in {@code _meta}. What a server refuses that
 * has answered in it before is refused: it may have been done, and is not asked for in another protocol. Thread-safe.
 */
@Component
final class StatelessMcp {
    static final String VERSION = "2026-07-28";

    private static final int UNSUPPORTED_VERSION = -32022;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final Set<Integer> OF_ITS_OWN = Set.of(-32020, -32021, UNSUPPORTED_VERSION);
    private static final Set<Integer> SAY_NOTHING_OF_THE_PROTOCOL = Set.of(401, 403, 408, 429);

    /** A code alone may be a tool's own. */
    private static final Pattern OLD_WORDS = Pattern.compile("session|protocol version", Pattern.CASE_INSENSITIVE);

    private final ServiceCalls services;
    private final Set<String> speakers = ConcurrentHashMap.newKeySet();

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
        if (answer.status() >= 400 && answer.status() < 500 && !SAY_NOTHING_OF_THE_PROTOCOL.contains(answer.status())) {
            refuse(answer, tool);
        }
        JsonNode result = Message.result(answer.require(), tool);
        speakers.add(tool.service());
        return result;
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

    /**
     * An error is a refusal when it is of this protocol, or the server is known to speak it and does not name a session or a
     * version: then it may be of the tool, and done. Anything else says that the server does not speak it; but what a server
     * says that is known, and that is no error, is left to {@link Answer#require}: it may be a page of a proxy, and the next
     * call finds out.
     */
    private void refuse(Answer answer, ToolCall tool) throws NotSpoken {
        JsonNode error = Message.error(answer);
        boolean known = speakers.contains(tool.service());
        if (error.isObject() && (known || isItsOwn(answer)) && !wantsOld(error, known)) {
            throw new ServiceRefused(Message.words(answer, tool));
        }
        speakers.remove(tool.service());
        if (error.isObject() || !known) {
            throw new NotSpoken(Message.words(answer, tool));
        }
    }

    /** Whether an answer is an error that only this protocol knows. */
    static boolean isItsOwn(Answer answer) {
        int code = Message.error(answer).path("code").asInt();
        return OF_ITS_OWN.contains(code) || (code == METHOD_NOT_FOUND && answer.status() == 404);
    }

    private static boolean wantsOld(JsonNode error, boolean known) {
        boolean ofNoSession = SessionMcp.isOfNoSession(error)
                && (!known || OLD_WORDS.matcher(error.path("message").asText()).find());
        return ofNoSession
                || (error.path("code").asInt() == UNSUPPORTED_VERSION && supports(error, SessionMcp.VERSION));
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
