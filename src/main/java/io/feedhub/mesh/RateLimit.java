package io.feedhub.mesh;

import java.time.Instant;

/**
 * A service that must be left alone.
 *
 * @param service which
 * @param until when it may be called again
 * @param machine who met the limit
 */
public record RateLimit(String service, Instant until, String machine) {}
