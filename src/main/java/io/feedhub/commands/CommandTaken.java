package io.feedhub.commands;

import org.jspecify.annotations.Nullable;

/**
 * A machine took a command from the queue. Published in the transaction that says so on the row, before anything runs.
 *
 * @param command the row as it was
 * @param refused why it does not run, or null when it does
 */
public record CommandTaken(QueuedCommand command, @Nullable String refused) {}
