package io.feedhub.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did, or tried to do.
 *
 * @param id its number; later entries have larger ones
 * @param at when
 * @param who the user's name
 * @param role the role the user had
 * @param via the door: api, desk, hawtio or hub; of a command, where it was asked for
 * @param origin the network address it came from; {@code local} of the hub itself, and of a command the machine that it is for
 * @param action what was done, such as {@code flow.pause}
 * @param subject on what, such as a flow's id
 * @param before how the subject was, or null
 * @param after how the subject was afterwards, or null
 * @param result done, refused or failed
 * @param reason why it was refused or failed, or null
 */
public record AuditEntry(
        long id,
        Instant at,
        String who,
        String role,
        String via,
        String origin,
        String action,
        String subject,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        String result,
        @Nullable String reason) {}
