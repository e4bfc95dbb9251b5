package io.feedhub.flows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.flows.check.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.RowMapper;

/** Revisions as rows of {@code feedhub.flow_revision}, their findings as JSON. Thread-safe. */
final class RevisionRows implements RowMapper<Revision> {
    private final ObjectMapper json;

    RevisionRows(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public Revision mapRow(ResultSet row, int number) throws SQLException {
        return new Revision(
                row.getString("flow"),
                row.getInt("revision"),
                row.getString("file"),
                row.getString("state"),
                row.getString("content"),
                row.getString("sha256"),
                row.getString("author"),
                row.getString("origin"),
                row.getString("node"),
                row.getInt("base"),
                read(row.getString("findings")),
                row.getTimestamp("at").toInstant());
    }

    /** As the column has them. */
    String write(List<Finding> findings) {
        try {
            return json.writeValueAsString(findings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings that are no JSON", e);
        }
    }

    private List<Finding> read(String findings) {
        try {
            return json.readValue(findings, new TypeReference<List<Finding>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings that are no JSON", e);
        }
    }
}
