package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which protocol each server speaks, found out at the first call and remembered until the hub ends. Thread-safe. */
@Component
final class McpServers {
    private final Modern modern;
    private final Legacy legacy;
    private final Map<String, Boolean> old = new ConcurrentHashMap<>();

    McpServers(Modern modern, Legacy legacy) {
        this.modern = modern;
        this.legacy = legacy;
    }

    /** The tool's result. */
    JsonNode call(ToolCall call) throws IOException {
        if (!old.containsKey(call.service())) {
            try {
                return modern.call(call);
            } catch (Modern.NotSpoken e) {
                old.put(call.service(), true);
            }
        }
        return legacy.call(call);
    }
}
