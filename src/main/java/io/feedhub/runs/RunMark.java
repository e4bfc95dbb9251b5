package io.feedhub.runs;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Whose work an exchange is: the schedule marks the exchange of each run, and what writes or sends for it reads the mark. It
 * is kept in exchange properties, which a split copies to each of its items.
 *
 * @param flow the flow's id
 * @param run the run's number, or null outside a run
 * @param epoch which claim of the run, or null outside a run
 */
public record RunMark(String flow, @Nullable Long run, @Nullable Integer epoch) {
    private static final String OURS = "feedhub.";

    /** The property with the flow's id. */
    public static final String FLOW = OURS + "flow";

    private static final String RUN = OURS + "run";
    private static final String EPOCH = OURS + "epoch";
    private static final String SCHEDULED_AT = OURS + "scheduledAt";
    private static final String GIVE_UP = OURS + "giveUp";
    private static final String GIVEN_UP = OURS + "givenUp";

    /** Ends a run at once. */
    @FunctionalInterface
    public interface End extends Consumer<String> {}

    /** What an exchange is marked with; without a mark it is of the flow whose route it came by, or of none (empty). */
    public static RunMark of(Exchange exchange) {
        String flow = exchange.getProperty(FLOW, exchange.getFromRouteId(), String.class);
        return new RunMark(
                flow == null ? "" : flow,
                exchange.getProperty(RUN, Long.class),
                exchange.getProperty(EPOCH, Integer.class));
    }

    /**
     * Marks an exchange.
     *
     * @param scheduledAt the instant for which the run was planned; flows read it in seconds
     * @param giveUp ends the run at once, as failed for the reason it is given
     * @param givenUp whether that has happened, and what the run still writes is not wanted
     */
    public void put(Exchange exchange, Instant scheduledAt, End giveUp, BooleanSupplier givenUp) {
        exchange.setProperty(RUN, run);
        exchange.setProperty(EPOCH, epoch);
        exchange.setProperty(FLOW, flow);
        exchange.setProperty(SCHEDULED_AT, scheduledAt.getEpochSecond());
        exchange.setProperty(GIVE_UP, giveUp);
        exchange.setProperty(GIVEN_UP, givenUp);
    }

    /** All that an exchange carries for the hub: its mark, and what its run counts and keeps beside it. */
    public static Map<String, Object> carried(Exchange exchange) {
        Map<String, Object> carried = new HashMap<>(exchange.getProperties());
        carried.keySet().removeIf(name -> !name.startsWith(OURS));
        return carried;
    }

    /** Makes an exchange carry this for the hub, and nothing else. */
    public static void replace(Exchange exchange, Map<String, Object> carried) {
        carried(exchange).keySet().forEach(exchange::removeProperty);
        carried.forEach(exchange::setProperty);
    }

    /** Ends the run of an exchange, if it is of one. */
    public static void giveUp(Exchange exchange, String reason) {
        End end = exchange.getProperty(GIVE_UP, End.class);
        if (end != null) {
            end.accept(reason);
        }
    }

    /** Whether an exchange's run was ended before its time. */
    public static boolean isGivenUp(Exchange exchange) {
        BooleanSupplier givenUp = exchange.getProperty(GIVEN_UP, BooleanSupplier.class);
        return givenUp != null && givenUp.getAsBoolean();
    }
}
