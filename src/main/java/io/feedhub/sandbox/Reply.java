package io.feedhub.sandbox;

import java.util.List;
import java.util.Map;

/** What a stand-in answers. Bytes are sent as they are, anything else is written as JSON. */
record Reply(int status, Map<String, String> headers, Object body) {

    static Reply ok(Object body) {
        return new Reply(200, Map.of(), body);
    }

    static Reply of(int status, Object body) {
        return new Reply(status, Map.of(), body);
    }

    /** No answer: the connection is reset. */
    static Reply none() {
        return new Reply(0, Map.of(), "");
    }

    /** The error shape of Google's older interfaces. */
    static Reply google(int status, String domain, String reason, String message) {
        Map<String, Object> cause = Map.of("domain", domain, "reason", reason, "message", message);
        return of(status, Map.of("error", Map.of("code", status, "message", message, "errors", List.of(cause))));
    }
}
