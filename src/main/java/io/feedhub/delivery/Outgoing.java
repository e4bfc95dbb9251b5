package io.feedhub.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A message before it is on the ledger.
 *
 * @param flow who writes it
 * @param run the run that writes it, or null outside a run
 * @param epoch the epoch of the run's claim, or null outside a run
 * @param channel where it goes
 * @param payload the webhook's body, as JSON
 * @param fold whether it may share a Discord message with its neighbours of the same flow
 * @param size how many characters of a message's sum it takes
 */
record Outgoing(
        String flow,
        @Nullable Long run,
        @Nullable Integer epoch,
        String channel,
        String payload,
        boolean fold,
        int size) {}
