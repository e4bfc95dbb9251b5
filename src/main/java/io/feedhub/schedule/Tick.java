package io.feedhub.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant of a flow that has come.
 *
 * @param plan the flow
 * @param at the cron's own instant
 * @param previous the one before it, or null at the first
 */
record Tick(Plan plan, Instant at, @Nullable Instant previous) {}
