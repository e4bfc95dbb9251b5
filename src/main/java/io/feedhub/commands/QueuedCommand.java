package io.feedhub.commands;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code command_queue}.
 *
 * @param id the row's number
 * @param machine where it must run
 * @param command the command's name
 * @param arguments the free arguments, by name
 * @param requestedBy who asked
 * @param role the role of whoever asked; {@code sql} for a row that the hub did not write
 * @param source by which way it came: sql, api, numu …
 * @param status queued, running, done, failed, refused, or unknown: begun, and nobody knows how it ended
 * @param attempt which attempt this is; 0 before the first
 * @param requestedAt when it was asked for
 * @param startedAt when it began, or null
 * @param endedAt when it ended, or null
 * @param exitCode the program's, or null
 * @param output the beginning of its standard output, secrets masked; less of it in lists
 * @param errors the beginning of its standard error, secrets masked; less of it in lists
 * @param truncated whether it wrote more than is kept
 * @param reason why it was refused or failed, or null
 */
public record QueuedCommand(
        long id,
        String machine,
        String command,
        Map<String, Object> arguments,
        String requestedBy,
        String role,
        String source,
        String status,
        int attempt,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode,
        String output,
        String errors,
        boolean truncated,
        @Nullable String reason) {}
