package io.feedhub.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message on the ledger.
 *
 * @param id the message's number
 * @param flow who wrote it
 * @param run the run that wrote it, or null when it was written outside a scheduled run
 * @param channel where it goes
 * @param title its title, or how its text begins
 * @param state where it is
 * @param attempts how often it was tried
 * @param repeats how often it was sent again though an earlier try may have arrived
 * @param messageId Discord's id, once delivered
 * @param error why it is not delivered, or null
 * @param createdAt when it was written
 */
public record Delivery(
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
        Instant createdAt) {

    /** Whether the hub itself wrote it, and no flow. */
    @JsonIgnore // it is no part of what the API shows
    public boolean isOfHub() {
        return flow.equals(Origin.HUB.flow());
    }
}
