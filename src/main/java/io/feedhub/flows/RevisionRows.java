package io.feedhub.flows;

import com.fasterxml.jackson.core.type.TypeReference;
import io.feedhub.database.Json;
import io.feedhub.flows.check.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.RowMapper;

/** Revisions as rows of {@code feedhub.flow_revision}, their findings as JSON. Thread-safe. */
final class RevisionRows implements RowMapper<Revision> {
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

    private final Json json;

    RevisionRows(Json json) {
        this.json = json;
    }

    @Override
    public Revision mapRow(ResultSet row, int number) throws SQLException {
        return new Revision(
                row.getString("flow"),
                row.getInt("revision"),
                row.getString("file"),
                RevisionState.of(row.getString("state")),
                row.getString("content"),
                row.getString("sha256"),
                row.getString("author"),
                row.getString("origin"),
                row.getString("node"),
                row.getInt("base"),
                json.read(row.getString("findings"), FINDINGS),
                row.getTimestamp("at").toInstant());
    }

    /** As the column has them. */
    String write(List<Finding> findings) {
        return json.write(findings);
    }
}
