package io.feedhub.console.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** An instant that somebody asks from: one that PostgreSQL and Java both have. */
final class Since {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Since() {}

    /**
     * @return null when none is given
     * @throws ResponseStatusException with 400 for a year that nobody means
     */
    static @Nullable Instant of(@Nullable Instant since) {
        if (since != null && (since.isBefore(Instant.EPOCH) || since.isAfter(LATEST))) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "since must be in the years 1970 to 9999");
        }
        return since;
    }
}
