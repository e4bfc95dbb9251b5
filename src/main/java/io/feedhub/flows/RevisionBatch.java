package io.feedhub.flows;

import static io.feedhub.database.Columns.texts;

import io.feedhub.flows.check.FlowFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database knows of many flows, asked and written in one statement for all of them. Thread-safe. */
@Component
final class RevisionBatch {
    private final JdbcClient database;
    private final FlowSettings settings;

    RevisionBatch(JdbcClient database, FlowSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** The newest edit of each of these flows that ever had one. */
    Map<String, Newest> newest(Collection<String> flows) {
        Map<String, Newest> known = new HashMap<>();
        database.sql(
                        """
                select f.flow, n.*, coalesce(c.revision, 0) as copy
                from unnest(?::text[]) as f (flow)
                cross join lateral (
                  select revision, file, sha256, state = 'accepted' as live
                  from feedhub.flow_revision r where r.flow = f.flow order by revision desc limit 1) n
                left join feedhub.flow_copy c on c.node = ? and c.flow = f.flow""")
                .params(flows.toArray(String[]::new), settings.node().name())
                .query(row -> {
                    known.put(
                            row.getString("flow"),
                            new Newest(
                                    row.getInt("revision"),
                                    row.getString("file"),
                                    row.getString("sha256"),
                                    row.getBoolean("live"),
                                    row.getInt("copy")));
                });
        return known;
    }

    /**
     * Records edits of this node's files that go live, each made from its flow's newest revision. What is forgotten then is what
     * {@link Revisions#forget} says. But a statement does not see what it writes itself, so here one place less is for those
     * that were there before; as that goes for refused ones too, of these one less is kept.
     *
     * @return their numbers; a flow without one was edited elsewhere meanwhile
     */
    Map<String, Integer> accept(List<Edit> edits) {
        Map<String, Integer> numbers = new HashMap<>();
        database.sql(
                        """
                with written as (
                  insert into feedhub.flow_revision
                    (flow, revision, file, state, content, sha256, author, origin, node, base)
                  select flow, base + 1, file, 'accepted', content, sha256, author, origin, :node, base
                  from unnest(:flows::text[], :bases::int[], :files::text[], :contents::text[], :hashes::text[],
                              :authors::text[], :origins::text[])
                    as e (flow, base, file, content, sha256, author, origin)
                  where base = coalesce((select max(revision) from feedhub.flow_revision r where r.flow = e.flow), 0)
                  order by flow
                  on conflict do nothing returning flow, revision),
                forgotten as (
                  delete from feedhub.flow_revision r
                  using (
                    select o.flow, o.revision,
                           row_number() over (partition by o.flow, o.state in ('accepted', 'deleted') order by o.revision desc) as place
                    from written w join feedhub.flow_revision o on o.flow = w.flow where w.revision > :kept) as old
                  where r.flow = old.flow and r.revision = old.revision and old.place >= :kept and not r.open
                    and not exists (select from feedhub.flow_copy c where c.flow = r.flow and c.revision = r.revision))
                select flow, revision, pg_notify('feedhub_flows', flow) from written""")
                .param("node", settings.node().name())
                .param("flows", texts(edits, Edit::flow))
                .param("bases", texts(edits, edit -> String.valueOf(edit.base())))
                .param("files", texts(edits, edit -> edit.file().name()))
                .param("contents", texts(edits, edit -> edit.file().text()))
                .param("hashes", texts(edits, edit -> edit.file().sha256()))
                .param("authors", texts(edits, Edit::author))
                .param("origins", texts(edits, Edit::origin))
                .param("kept", settings.edits().revisions())
                .query(row -> {
                    numbers.put(row.getString("flow"), row.getInt("revision"));
                });
        return numbers;
    }

    /**
     * A flow's newest edit.
     *
     * @param live whether it is what should run
     * @param copy the revision that this node last saw in the file; 0 for none
     */
    record Newest(int revision, String file, String sha256, boolean live, int copy) {
        static final Newest NONE = new Newest(0, "", "", false, 0);

        /** Whether a file is this revision, unedited and in its place. */
        boolean is(FlowFile other) {
            return live && sha256.equals(other.sha256()) && file.equals(other.name());
        }

        /** Whether a file that is not this revision was made from it, and from nothing else. */
        boolean isBaseOf(FlowFile other) {
            return revision == 0 || (live && copy == revision && file.equals(other.name()));
        }
    }
}
