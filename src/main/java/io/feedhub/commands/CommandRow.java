package io.feedhub.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** Reads a row of {@code command_queue}, whoever wrote it. */
@Component
final class CommandRow implements RowMapper<QueuedCommand> {
    private static final TypeReference<@Nullable Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

    /** It is refused, since no command has such an argument. */
    private static final Map<String, Object> NO_MAP = Map.of("arguments", "not a map of names and texts");

    private final ObjectMapper json;

    CommandRow(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public QueuedCommand mapRow(ResultSet row, int number) throws SQLException {
        return new QueuedCommand(
                row.getLong("id"),
                row.getString("machine"),
                row.getString("command"),
                read(row.getString("arguments")),
                row.getString("requested_by"),
                row.getString("role"),
                row.getString("source"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getTimestamp("requested_at").toInstant(),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")),
                row.getObject("exit_code", Integer.class),
                row.getString("output"),
                row.getString("errors"),
                row.getBoolean("truncated"),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private Map<String, Object> read(String arguments) {
        try {
            Map<String, Object> read = json.readValue(arguments, ARGUMENTS);
            return read == null ? NO_MAP : read; // the row said null
        } catch (JsonProcessingException e) {
            return NO_MAP;
        }
    }
}
