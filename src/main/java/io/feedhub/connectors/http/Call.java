package io.feedhub.connectors.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** One request to a service, being put together by one thread. Every value is encoded where it goes in. */
public final class Call {
    private final String service;
    private final String method;
    private final String path;
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte @Nullable [] body;
    private boolean repeatable;
    private String part = "";

    private Call(String service, String method, String path) {
        this.service = service;
        this.method = method;
        this.path = path;
        this.repeatable = !method.equals("POST") && !method.equals("PATCH");
    }

    /**
     * Any request; path and query are encoded already.
     *
     * @param method upper case; POST and PATCH are not repeatable unless said otherwise
     */
    static Call of(String service, String method, String path) {
        return new Call(service, method, path);
    }

    /**
     * A reading request.
     *
     * @param path below the service's address, with {@code {name}} for each of the parts, which may hold anything
     */
    public static Call get(String service, String path, Object... parts) {
        return new Call(service, "GET", fill(path, parts));
    }

    /** A writing request: it is not repeatable unless said so. */
    public static Call post(String service, String path, Object... parts) {
        return new Call(service, "POST", fill(path, parts));
    }

    private static String fill(String path, Object... parts) {
        return UriComponentsBuilder.fromPath(path)
                .encode()
                .buildAndExpand(parts)
                .toUriString();
    }

    /** Adds a pair to the query; both sides are encoded. */
    public Call query(String name, Object value) {
        query.add(encode(name) + "=" + encode(String.valueOf(value)));
        return this;
    }

    /** Adds a query that is encoded already; nothing when it is blank. */
    Call rawQuery(String encoded) {
        if (!encoded.isBlank()) {
            query.add(encoded);
        }
        return this;
    }

    /** Sets a header of the request. */
    public Call header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends JSON. */
    public Call json(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** Sends bytes of a media type. */
    public Call body(byte[] bytes, String mediaType) {
        headers.put("Content-Type", mediaType);
        body = bytes.clone();
        return this;
    }

    /** Says that doing it twice does no harm, so that a lost answer is worth another try. */
    public Call repeatable() {
        repeatable = true;
        return this;
    }

    /** Says which part of the service this goes to, where parts have limits of their own. */
    public Call part(String name) {
        part = name;
        return this;
    }

    /** Service and path, as errors name it: {@code numu /sentinel}. */
    String name() {
        return path.isEmpty() ? service : service + " " + path;
    }

    String service() {
        return service;
    }

    /** The service, or the part of it that may be left alone without the others. */
    String limited() {
        return part.isEmpty() ? service : service + "'s " + part;
    }

    String method() {
        return method;
    }

    /** Path and query below the service's address. */
    String target() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body == null ? null : body.clone();
    }

    boolean isRepeatable() {
        return repeatable;
    }

    static String encode(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
