package io.feedhub.nodes;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The nodes that share the database. */
@Component
public final class Peers {
    private final JdbcClient database;

    Peers(JdbcClient database) {
        this.database = database;
    }

    /** Every node that is not forgotten, the live ones first. */
    public List<Peer> all() {
        return database.sql(
                        """
                select name, labels, version, revisions, started_at, beat_at, skew_ms,
                       case when state <> 'left' and feedhub.is_silent(beat_at) then 'silent' else state end as state
                from feedhub.node order by feedhub.is_silent(beat_at), name""")
                .query(Peers::peer)
                .list();
    }

    private static Peer peer(ResultSet row, int number) throws SQLException {
        Array labels = row.getArray("labels");
        return new Peer(
                row.getString("name"),
                row.getString("state"),
                List.of((String[]) labels.getArray()),
                row.getString("version"),
                row.getString("revisions"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("beat_at").toInstant(),
                row.getLong("skew_ms"));
    }
}
