package io.feedhub.sandbox;

import java.util.Map;

/** What a stand-in answers. The body is written as JSON. */
record Reply(int status, Map<String, String> headers, Object body) {

    static Reply ok(Object body) {
        return new Reply(200, Map.of(), body);
    }

    static Reply of(int status, Object body) {
        return new Reply(status, Map.of(), body);
    }
}
