package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** MCP of 2025-11-25: a session is opened before the first call, and again when the server has forgotten it. */
@Component
final class SessionMcp {
    static final String VERSION = "2025-11-25";

    private static final String SESSION = "MCP-Session-Id";

    /** What servers say of a session that they do not know, or that they miss, before they look at the call. */
    private static final Set<Integer> SESSION_ERRORS = Set.of(-32000, -32001, -32600);

    private final ServiceCalls services;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    SessionMcp(ServiceCalls services) {
        this.services = services;
    }

    JsonNode call(ToolCall tool) throws IOException, NotSpoken {
        Session held = sessions.get(tool.service());
        Session session = held == null ? open(tool.service()) : held;
        Answer answer = send(tool, session);
        if (isOfNoSession(answer) && !session.id().isEmpty()) {
            sessions.remove(tool.service(), session);
            answer = send(tool, open(tool.service()));
        }
        return Message.result(answer.require(), tool);
    }

    /** 404 by the protocol; servers that were started anew often say 400, as they do of other things, or plain text. */
    private static boolean isOfNoSession(Answer answer) {
        if (answer.status() != 400) {
            return answer.status() == 404;
        }
        JsonNode error = Message.error(answer);
        return error.isMissingNode() ? answer.jsonIfAny().isMissingNode() : isOfNoSession(error);
    }

    /** Whether an error asks for a session, which only this protocol has. */
    static boolean isOfNoSession(JsonNode error) {
        return SESSION_ERRORS.contains(error.path("code").asInt());
    }

    private Answer send(ToolCall tool, Session session) throws IOException, NotSpoken {
        Map<String, Object> params = Map.of("name", tool.tool(), "arguments", tool.arguments());
        Call call = post(tool.service(), session, Message.request("tools/call", params));
        return spoken(services.send(tool.repeatable() ? call.repeatable() : call));
    }

    private Session open(String service) throws IOException, NotSpoken {
        Map<String, Object> params = Map.of(
                "protocolVersion", VERSION,
                "capabilities", Map.of(),
                "clientInfo", Map.of("name", "feed-hub", "version", "1"));
        Call initialize = post(service, Session.NONE, Message.request("initialize", params));
        Answer answer = spoken(services.send(initialize.repeatable())).require();
        JsonNode result = Message.result(answer, new ToolCall(service, "initialize", Message.NOTHING, true));
        String version = result.path("protocolVersion").asText();
        if (!version.matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw new ServiceRefused(service + " initialize answered without protocolVersion");
        }
        Session session = new Session(answer.header(SESSION), version);
        services.send(post(service, session, Message.notification("notifications/initialized")))
                .require();
        sessions.put(service, session);
        return session;
    }

    /** A server that was renewed refuses the old protocol by the new one's errors. */
    private static Answer spoken(Answer answer) throws NotSpoken {
        if (answer.status() >= 400 && StatelessMcp.isItsOwn(answer)) {
            throw new NotSpoken("no protocol of before " + StatelessMcp.VERSION);
        }
        return answer;
    }

    private static Call post(String service, Session session, Map<String, Object> message) {
        Call call = Call.post(service, "")
                .header("Accept", "application/json, text/event-stream")
                .json(Parameters.write(message));
        if (!session.version().isEmpty()) {
            call.header("MCP-Protocol-Version", session.version());
        }
        return session.id().isEmpty() ? call : call.header(SESSION, session.id());
    }

    /**
     * @param id empty when the server keeps no sessions
     * @param version what both sides agreed on
     */
    private record Session(String id, String version) {
        static final Session NONE = new Session("", "");
    }
}
