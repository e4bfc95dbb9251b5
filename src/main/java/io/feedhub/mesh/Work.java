package io.feedhub.mesh;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that waits for a machine.
 *
 * @param id its number
 * @param work its key, by which it is claimed
 * @param domain whose work it is, or null when nobody knows
 * @param title what it is
 * @param machine which machine it is meant for, or null for any
 * @param createdAt since when it waits
 */
public record Work(
        long id, String work, @Nullable String domain, String title, @Nullable String machine, Instant createdAt) {}
