package io.feedhub.console.desk;

import io.feedhub.delivery.Delivery;
import io.feedhub.delivery.MessageState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message as a list shows it. */
record DeliveryRow(
        long id,
        String flow,
        @Nullable Long run,
        String channel,
        String title,
        MessageState state,
        int attempts,
        int repeats,
        @Nullable String messageId,
        @Nullable String error,
        Moment written,
        boolean ofHub) {

    static DeliveryRow of(Delivery delivery, Instant now) {
        return new DeliveryRow(
                delivery.id(),
                delivery.flow(),
                delivery.run(),
                delivery.channel(),
                delivery.title(),
                delivery.state(),
                delivery.attempts(),
                delivery.repeats(),
                delivery.messageId(),
                delivery.error(),
                Moment.at(delivery.createdAt(), now),
                delivery.isOfHub());
    }

    /** Whether a person may send it again. */
    public boolean isRetriable() {
        return state.canBeRetried();
    }

    /** Whether a person may let it be. */
    public boolean isOpen() {
        return state.canBeGivenUp();
    }

    /** What to think of before sending it again; empty when there is nothing. */
    public String warning() {
        return state == MessageState.UNKNOWN ? "Discord may have this message already. Send it again?" : "";
    }
}
