package io.feedhub.flows;

import static io.feedhub.database.Columns.texts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which revision each file in this node's folders is, or was before somebody edited it: {@code feedhub.flow_copy}. */
@Component
final class Copies {
    private final JdbcClient database;
    private final String node;

    Copies(JdbcClient database, FlowSettings settings) {
        this.database = database;
        this.node = settings.node().name();
    }

    Optional<Integer> of(String key) {
        return database.sql("select revision from feedhub.flow_copy where node = ? and flow = ?")
                .params(node, key)
                .query(Integer.class)
                .optional();
    }

    /** Whether this node had more than one file in a folder, as {@code routes/}. */
    boolean areSeveral(String prefix) {
        return database.sql(
                        """
                select count(*) > 1 from feedhub.flow_copy join feedhub.flow_revision r using (flow, revision)
                where flow_copy.node = ? and r.state = 'accepted' and starts_with(r.file, ?)""")
                .params(node, prefix)
                .query(Boolean.class)
                .single();
    }

    void are(String key, int revision) {
        are(Map.of(key, revision));
    }

    /** This node's files are these revisions of their flows. */
    void are(Map<String, Integer> revisions) {
        List<Map.Entry<String, Integer>> copies = List.copyOf(revisions.entrySet());
        database.sql(
                        """
                insert into feedhub.flow_copy as c (node, flow, revision)
                select ?, flow, revision from unnest(?::text[], ?::int[]) as f (flow, revision)
                on conflict (node, flow) do update set revision = excluded.revision, at = now()
                where c.revision <> excluded.revision""")
                .params(node, texts(copies, Map.Entry::getKey), texts(copies, copy -> String.valueOf(copy.getValue())))
                .update();
    }

    /** Nodes that have not been here for a year, and beat no more, are gone; containers have a new name each time. */
    void forgetOldNodes() {
        database.sql("update feedhub.flow_copy set at = now() where node = ? and at < now() - interval '1 month'")
                .param(node)
                .update();
        database.sql(
                        """
                delete from feedhub.flow_copy c
                where not exists (select from feedhub.flow_copy d where d.node = c.node and d.at > now() - interval '1 year')
                  and not exists (select from feedhub.node n where n.name = c.node)""")
                .update();
    }
}
