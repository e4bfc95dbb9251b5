package io.feedhub.connectors.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day as Google counts what is used of its quotas: from midnight to midnight Pacific.
 *
 * @param date its date there
 */
public record PacificDay(LocalDate date) {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    /** The day that an instant is in. */
    public static PacificDay of(Instant instant) {
        return new PacificDay(LocalDate.ofInstant(instant, PACIFIC));
    }

    /** Its midnight. */
    public Instant begin() {
        return date.atStartOfDay(PACIFIC).toInstant();
    }

    /** The midnight after it. */
    public Instant end() {
        return date.plusDays(1).atStartOfDay(PACIFIC).toInstant();
    }
}
