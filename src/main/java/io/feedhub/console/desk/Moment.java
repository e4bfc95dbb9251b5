package io.feedhub.console.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An instant as a page shows it.
 *
 * @param iso for machines
 * @param full date and time, in UTC as the schedules are
 * @param clock the time of day, with the date when it is another day
 * @param near how far away it is, in words
 */
record Moment(String iso, String full, String clock, String near) {
    private static final DateTimeFormatter FULL = format("EEE d MMM yyyy HH:mm:ss 'UTC'");
    private static final DateTimeFormatter TODAY = format("HH:mm:ss");
    private static final DateTimeFormatter OTHER_DAY = format("d MMM HH:mm");

    /** Null stays null: there is nothing to show. */
    static @Nullable Moment of(@Nullable Instant at, Instant now) {
        return at == null ? null : at(at, now);
    }

    static Moment at(Instant at, Instant now) {
        boolean today = at.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
        return new Moment(
                at.truncatedTo(ChronoUnit.SECONDS).toString(),
                FULL.format(at),
                (today ? TODAY : OTHER_DAY).format(at),
                near(Duration.between(at, now)));
    }

    private static String near(Duration past) {
        String amount = roughly(past.abs());
        return past.isNegative() ? "in " + amount : amount + " ago";
    }

    private static String roughly(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < 48 ? length.toHours() + " h" : length.toDays() + " days";
    }

    /** How long something took: {@code 340 ms}, {@code 2.4 s}, {@code 3 min 12 s}. */
    static String length(Duration length) {
        long millis = length.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return length.toMinutes() + " min " + length.toSecondsPart() + " s";
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.UK).withZone(ZoneOffset.UTC);
    }
}
