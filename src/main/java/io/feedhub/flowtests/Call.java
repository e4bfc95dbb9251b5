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
        if (body instanceof Map<?, ?> rpc && rpc.containsKey("jsonrpc")) {
            return List.of(
                    service + " " + (rpc.get("params") instanceof Map<?, ?> params ? params.get("name") : ""), http);
        }
        return List.of(http + "?" + query, http, service + " " + path, service);
    }

    @Override
    public String toString() {
        return names().get(body instanceof Map<?, ?> rpc && rpc.containsKey("jsonrpc") ? 0 : 1);
    }
}
