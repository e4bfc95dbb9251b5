package io.feedhub.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Bodies that are lists. */
final class Lists {
    private Lists() {}

    /** The list that a body is; what jq has made becomes the maps and lists that connectors make. Null for any other body. */
    static @Nullable List<?> body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ArrayNode) {
            return exchange.getMessage().getBody(List.class);
        }
        return body instanceof List<?> list ? list : null;
    }
}
