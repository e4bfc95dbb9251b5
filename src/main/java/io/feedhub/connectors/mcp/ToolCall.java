package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One call of a tool.
 *
 * @param service a name under {@code feedhub.services}
 * @param repeatable whether a second call does no harm
 */
record ToolCall(String service, String tool, JsonNode arguments, boolean repeatable) {

    ToolCall {
        if (!tool.matches("[A-Za-z0-9_./-]{1,128}")) { // it becomes a header
            throw new IllegalArgumentException("not the name of a tool: " + tool);
        }
    }

    /** As errors name it. */
    String name() {
        return service + " " + tool;
    }
}
