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
    private final Modern modern;
    private final Legacy legacy;
    private final Set<String> old = ConcurrentHashMap.newKeySet();

    McpServers(Modern modern, Legacy legacy) {
        this.modern = modern;
        this.legacy = legacy;
    }

    /** The tool's result. */
    JsonNode call(ToolCall call) throws IOException {
        try {
            return old.contains(call.service()) ? legacy.call(call) : modern.call(call);
        } catch (NotSpoken first) {
            return callOtherwise(call);
        }
    }

    private JsonNode callOtherwise(ToolCall call) throws IOException {
        boolean wasOld = old.remove(call.service());
        try {
            JsonNode result = wasOld ? modern.call(call) : legacy.call(call);
            if (!wasOld) {
                old.add(call.service());
            }
            return result;
        } catch (NotSpoken second) {
            throw new ServiceRefused(call.service() + " speaks neither " + Modern.VERSION + " nor " + Legacy.VERSION);
        }
    }
}
