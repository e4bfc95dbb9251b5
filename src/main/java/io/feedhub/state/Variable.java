package io.feedhub.state;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a variable of a flow holds, or once held.
 *
 * @param name without the flow
 * @param version counts its writes
 * @param value JSON
 * @param run the run that wrote it, or null
 * @param origin who wrote it: flow, operator or import
 * @param updatedAt when it was written
 */
public record Variable(
        String name, long version, @JsonRawValue String value, @Nullable Long run, String origin, Instant updatedAt) {

    static Variable of(ResultSet row, int number) throws SQLException {
        return new Variable(
                row.getString("name"),
                row.getLong("version"),
                row.getString("value"),
                row.getObject("run", Long.class),
                row.getString("origin"),
                row.getTimestamp("updated_at").toInstant());
    }
}
