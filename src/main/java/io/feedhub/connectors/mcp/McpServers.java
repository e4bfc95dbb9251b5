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
        boolean asOld = old.contains(call.service());
        try {
            return call(call, asOld);
        } catch (NotSpoken first) {
            return callOtherwise(call, !asOld, first);
        }
    }

    /** Another call may have learned by now what the server speaks; what this one has tried is not tried again. */
    private JsonNode callOtherwise(ToolCall call, boolean asOld, NotSpoken first) throws IOException {
        old.remove(call.service());
        try {
            JsonNode result = call(call, asOld);
            if (asOld) {
                old.add(call.service());
            }
            return result;
        } catch (NotSpoken second) { // it knows the modern one well enough to refuse the old one in its words
            throw new ServiceRefused((asOld ? first : second).words());
        }
    }

    private JsonNode call(ToolCall call, boolean asOld) throws IOException, NotSpoken {
        return asOld ? withSession.call(call) : stateless.call(call);
    }
}
