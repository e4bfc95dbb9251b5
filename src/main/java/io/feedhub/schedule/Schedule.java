package io.feedhub.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.CronExpression;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * The instants of a flow: a Quartz cron expression in a time zone, UTC when the flow names none. Not affected by the
 * machine's own zone, so every node computes the same instants.
 *
 * @param cron six or seven fields, as Quartz has them
 * @param zone an id of the time zone database
 */
record Schedule(String cron, String zone) {
    static final String UTC = "UTC";

    /** Softly held: what no flow has any more goes. */
    private static final Map<Schedule, Instants> READ = new ConcurrentReferenceHashMap<>();

    /**
     * Of a route's endpoint.
     *
     * @return empty when it fires at intervals: those have no instants that another process could know
     */
    static Optional<Schedule> of(QuartzEndpoint endpoint) {
        Map<String, Object> parameters = endpoint.getTriggerParameters();
        Object zone = parameters == null ? null : parameters.get("timeZone");
        return Optional.ofNullable(endpoint.getCron())
                .map(cron -> new Schedule(cron, zone == null ? UTC : zone.toString()));
    }

    /** A walk over the instants. Flows with one schedule share it: Quartz keeps 15 kB of each expression that it has read. */
    Instants instants() {
        return READ.computeIfAbsent(this, Schedule::read);
    }

    private Instants read() {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(ZoneId.of(zone)));
            return after -> Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalArgumentException(cron + " is not a cron expression: " + e.getMessage(), e);
        }
    }

    /** The next instant after one; empty when there is none. */
    @FunctionalInterface
    interface Instants {
        Optional<Instant> after(Instant instant);
    }
}
