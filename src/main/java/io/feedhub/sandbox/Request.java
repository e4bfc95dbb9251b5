package io.feedhub.sandbox;

import java.util.Map;

/** What a stand-in is asked: method, path below its own, query, headers in lower case, and body. */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    boolean is(String wantedMethod, String pattern) {
        return method.equals(wantedMethod) && path.matches(pattern);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The nth part of the path, from 0. */
    String part(int n) {
        String[] parts = path.split("/");
        return n + 1 < parts.length ? parts[n + 1] : "";
    }
}
