package io.feedhub.console.rest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A revision's number in {@code ETag} and {@code If-Match}. */
final class Etag {
    private Etag() {}

    static String of(int revision) {
        return "\"" + revision + "\"";
    }

    /** Reads {@code If-Match}, with or without quotes. */
    static int number(@Nullable String header) {
        if (header == null) {
            throw new ResponseStatusException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "say which revision you edited: If-Match: <revision>, or 0 for a new flow");
        }
        try {
            return Integer.parseInt(
                    header.replaceFirst("^W/", "").replace("\"", "").strip());
        } catch (NumberFormatException e) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "If-Match: " + header + " is not the number of a revision, which a flow has as \"revision\"",
                    e);
        }
    }
}
