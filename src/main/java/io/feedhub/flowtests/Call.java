package io.feedhub.flowtests;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service was asked.
 *
 * @param service the service's name
 * @param method the HTTP method
 * @param path below the service's address
 * @param query the query string as it was sent, or an empty one
 * @param body JSON as maps and lists, or the text, or null
 */
record Call(String service, String method, String path, String query, @Nullable Object body) {

    /** How a test may name this call, the most exact first. */
    List<String> names() {
        String http = service + " " + method + " " + path;
        return tool() == null
                ? List.of(http + "?" + query, http, service + " " + path, service)
                : List.of(service + " " + tool(), http, service);
    }

    /** What a test says of its content: the arguments of a tool, or else the body. */
    @Nullable
    Object matter() {
        return tool() == null ? body : params().get("arguments");
    }

    /** Whether a test spells a tool's call out as MCP sends it. */
    static boolean isOfTheProtocol(@Nullable Object written) {
        return written instanceof Map<?, ?> call
                && call.get("params") instanceof Map<?, ?> params
                && (params.containsKey("arguments") || params.containsKey("name"));
    }

    private @Nullable Object tool() {
        return params().get("name");
    }

    /** Of a call by JSON-RPC; empty for any other. */
    private Map<?, ?> params() {
        return body instanceof Map<?, ?> rpc
                        && rpc.containsKey("jsonrpc")
                        && rpc.get("params") instanceof Map<?, ?> params
                ? params
                : Map.of();
    }

    @Override
    public String toString() {
        return tool() == null ? service + " " + method + " " + path : service + " " + tool();
    }
}
