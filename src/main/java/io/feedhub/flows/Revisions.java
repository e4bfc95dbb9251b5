package io.feedhub.flows;

import io.feedhub.database.Json;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every edit of every file, in {@code feedhub.flow_revision}. Thread-safe. */
@Component
public final class Revisions {
    private static final String LIVE = "state in ('accepted', 'deleted')";

    private final JdbcClient database;
    private final FlowSettings settings;
    private final RevisionRows rows;

    Revisions(JdbcClient database, FlowSettings settings, Json json) {
        this.database = database;
        this.settings = settings;
        this.rows = new RevisionRows(json);
    }

    /** A flow's revisions without their content, newest first. */
    public List<Revision> history(String flow) {
        return database.sql("select flow, revision, file, state, '' as content, sha256, author, origin, node, base,"
                        + " findings, at from feedhub.flow_revision where flow = ? order by revision desc")
                .param(flow)
                .query(rows)
                .list();
    }

    /** One revision with its content. */
    public Optional<Revision> find(String flow, int number) {
        return one(flow, "revision = ?", number);
    }

    /** What should run: the newest revision that was not refused. */
    public Optional<Revision> head(String flow) {
        return one(flow, LIVE + " order by revision desc limit 1");
    }

    /** The numbers of all heads, in one step of the index for each flow, however many revisions there are. */
    Map<String, Integer> heads() {
        Map<String, Integer> heads = new TreeMap<>();
        database.sql(
                        """
                with recursive head (flow, revision) as (
                  (select flow, revision from feedhub.flow_revision where state in ('accepted', 'deleted')
                   order by flow desc, revision desc limit 1)
                  union all
                  select next.flow, next.revision from head cross join lateral (
                    select flow, revision from feedhub.flow_revision r
                    where r.flow < head.flow and state in ('accepted', 'deleted')
                    order by flow desc, revision desc limit 1) next)
                select flow, revision from head""")
                .query(row -> {
                    heads.put(row.getString(1), row.getInt(2));
                });
        return heads;
    }

    /** The newest edit with its content, whatever became of it; empty when no file was ever called so. */
    public Optional<Revision> newest(String flow) {
        return one(flow, "true order by revision desc limit 1");
    }

    /** The newest accepted revision before this one. */
    Optional<Revision> goodBefore(String flow, int number) {
        return one(flow, "state = 'accepted' and revision < ? order by revision desc limit 1", number);
    }

    /** Whether a file with this content has ever been live under this name. */
    boolean wasLive(String flow, String sha256) {
        return exists(flow, sha256, LIVE);
    }

    /** Whether a file with this content has ever been recorded under this name, whatever became of it. */
    boolean isRecorded(String flow, String sha256) {
        return exists(flow, sha256, "true");
    }

    /**
     * Whether a file is in conflict with what is live, as its author was told; whatever was refused since. A node that has no
     * copy of the flow may have had another name.
     */
    boolean isTold(Revision head, FlowFile file) {
        return database.sql(
                        """
                select exists (select 1 from feedhub.flow_revision
                  where flow = :flow and open and state = 'conflict' and base = :base and sha256 = :sha256
                    and (node = :node or not exists (
                      select from feedhub.flow_copy c where c.node = :node and c.flow = :flow)))""")
                .param("flow", head.flow())
                .param("base", head.number())
                .param("sha256", file.sha256())
                .param("node", settings.node().name())
                .query(Boolean.class)
                .single();
    }

    private boolean exists(String flow, String sha256, String which) {
        return database.sql("select exists (select 1 from feedhub.flow_revision where flow = ? and sha256 = ? and "
                        + which + ")")
                .params(flow, sha256)
                .query(Boolean.class)
                .single();
    }

    /**
     * Records what goes live.
     *
     * @return its number, or empty when another revision went live after the edit's base
     */
    Optional<Integer> accept(Edit edit) {
        RevisionState state = edit.isDeletion() ? RevisionState.DELETED : RevisionState.ACCEPTED;
        Optional<Integer> number = insert(edit, state, List.of());
        while (number.isEmpty() && head(edit.flow()).map(Revision::number).orElse(0) == edit.base()) {
            number = insert(edit, state, List.of()); // only a refused edit took the number
        }
        number.ifPresent(taken -> {
            database.sql("update feedhub.flow_revision set open = false where flow = ? and open")
                    .param(edit.flow())
                    .update();
            forget(edit.flow(), taken);
        });
        return number;
    }

    /** Edits of files that were refused, while the files are still so; on this node and all that beat within a day. */
    List<Revision> open() {
        return database.sql(
                        """
                select * from feedhub.flow_revision r
                where open and (node = ? or exists (
                  select from feedhub.node n where n.name = r.node and n.beat_at > now() - interval '1 day'))
                order by flow, revision""")
                .param(settings.node().name())
                .query(rows)
                .list();
    }

    /** Whoever asks for the same number at the same time waits for the first, and gets nothing. */
    Optional<Integer> insert(Edit edit, RevisionState state, List<Finding> findings) {
        return database.sql(
                        """
                with last as (
                  select coalesce(max(revision), 0) as newest,
                         coalesce(max(revision) filter (where state in ('accepted', 'deleted')), 0) as head
                  from feedhub.flow_revision where flow = :flow),
                written as (
                  insert into feedhub.flow_revision
                    (flow, revision, file, state, content, sha256, author, origin, node, base, findings, open)
                  select :flow, newest + 1, :file, :state, :content, :sha256, :author, :origin, :node, :base, :findings::jsonb, :open
                  from last where head = :base or :state in ('refused', 'conflict')
                  on conflict do nothing returning revision, pg_notify('feedhub_flows', flow))
                select revision from written""")
                .param("flow", edit.flow())
                .param("file", edit.file().name())
                .param("state", state.word())
                .param("content", edit.file().text())
                .param("sha256", edit.file().sha256())
                .param("author", edit.author())
                .param("origin", edit.origin())
                .param("node", settings.node().name())
                .param("base", edit.base())
                .param("findings", rows.write(findings))
                .param("open", !findings.isEmpty() && edit.origin().equals(Edit.FILE))
                .query(Integer.class)
                .optional();
    }

    /**
     * Forgets the oldest of what went live and the oldest of what was refused, each by itself: a program that tries again
     * and again must not push out what can be restored. Not what some node's folder still has: without it nobody could tell
     * that the folder is old. {@link RevisionBatch#accept} says the same of many flows: who changes one changes both.
     */
    void forget(String flow, int newest) {
        int kept = settings.edits().revisions();
        if (newest <= kept) {
            return;
        }
        database.sql(
                        """
                delete from feedhub.flow_revision r
                using (
                  select flow, revision,
                         row_number() over (partition by state in ('accepted', 'deleted') order by revision desc) as place
                  from feedhub.flow_revision where flow = ?) as old
                where r.flow = old.flow and r.revision = old.revision and place > ? and not r.open
                  and not exists (select from feedhub.flow_copy c where c.flow = r.flow and c.revision = r.revision)""")
                .params(flow, kept)
                .update();
    }

    private Optional<Revision> one(String flow, String which, Object... parameters) {
        return database.sql("select * from feedhub.flow_revision where flow = ? and " + which)
                .param(flow)
                .params(parameters)
                .query(rows)
                .optional();
    }
}
