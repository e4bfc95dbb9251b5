package io.feedhub.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a channel.
 *
 * @param channel its name
 * @param waiting how many messages are queued or under way
 * @param parkedAt since when nothing is sent there, or null when the channel is open
 * @param reason why the channel is parked, or null
 */
public record Queue(String channel, long waiting, @Nullable Instant parkedAt, @Nullable String reason) {}
