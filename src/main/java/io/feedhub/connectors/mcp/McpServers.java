package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Which protocol each server speaks: found out at the first call, remembered until the hub ends or the server changes its
 * mind. Thread-safe.
 */
@Component
final class McpServers {
    private final StatelessMcp stateless;
    private final SessionMcp withSession;
    private final Set<String> old = ConcurrentHashMap.newKeySet();

    McpServers(StatelessMcp stateless, SessionMcp withSession) {
        this.stateless = stateless;
        this.withSession = withSession;
    }

    /** The tool's result. */
    JsonNode call(ToolCall call) throws IOException {
        try {
            return old.contains(call.service()) ? withSession.call(call) : stateless.call(call);
        } catch (NotSpoken first) {
            return callOtherwise(call);
        }
    }

    private JsonNode callOtherwise(ToolCall call) throws IOException {
        boolean wasOld = old.remove(call.service());
        try {
            JsonNode result = wasOld ? stateless.call(call) : withSession.call(call);
            if (!wasOld) {
                old.add(call.service());
            }
            return result;
        } catch (NotSpoken second) {
            throw new ServiceRefused(
                    call.service() + " speaks neither " + StatelessMcp.VERSION + " nor " + SessionMcp.VERSION);
        }
    }
}
