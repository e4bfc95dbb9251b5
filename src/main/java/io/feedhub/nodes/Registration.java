package io.feedhub.nodes;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** This node's row in {@code feedhub.node}. Each process has a session of its own: a second one with the name wins. */
@Component
final class Registration {
    private final Lifeline lifeline;
    private final Node node;
    private final ObjectProvider<RevisionSet> revisions;
    private final String version;
    private OptionalLong session = OptionalLong.empty();

    Registration(
            Lifeline lifeline,
            Node node,
            ObjectProvider<RevisionSet> revisions,
            ObjectProvider<BuildProperties> build) {
        this.lifeline = lifeline;
        this.node = node;
        this.revisions = revisions;
        BuildProperties properties = build.getIfAvailable();
        this.version = properties == null ? "dev" : properties.getVersion();
    }

    /**
     * Records that this node lives.
     *
     * @param skew how far this node's clock is ahead
     * @return the database's time, or empty when another process has taken the name
     */
    synchronized Optional<Instant> beat(Duration skew) {
        if (session.isEmpty()) {
            session = OptionalLong.of(enter());
        }
        Optional<Instant> answer = write(skew, session.getAsLong());
        if (answer.isEmpty() && isForgotten()) { // by peers, while it slept
            session = OptionalLong.of(enter());
            answer = write(skew, session.getAsLong());
        }
        return answer;
    }

    private Optional<Instant> write(Duration skew, long session) {
        return lifeline.database()
                .sql(
                        """
                update feedhub.node set beat_at = clock_timestamp(), skew_ms = ?, revisions = ?
                where name = ? and session = ? returning beat_at""")
                .params(
                        skew.toMillis(),
                        revisions.stream().map(RevisionSet::digest).findFirst().orElse(""),
                        node.name(),
                        session)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** Writes down that this node is draining, or has left: peers take over what it still holds, without waiting for silence. */
    synchronized void state(String state) {
        if (session.isPresent()) {
            lifeline.database()
                    .sql("update feedhub.node set state = ? where name = ? and session = ?")
                    .params(state, node.name(), session.getAsLong())
                    .update();
        }
    }

    private boolean isForgotten() {
        return lifeline.database()
                .sql("select not exists (select from feedhub.node where name = ?)")
                .param(node.name())
                .query(Boolean.class)
                .single();
    }

    /** With it, nodes are forgotten that have not beaten for a month: containers have a new name each time. */
    private long enter() {
        long entered = insert();
        lifeline.database()
                .sql("delete from feedhub.node where beat_at < clock_timestamp() - interval '30 days'")
                .update();
        return entered;
    }

    private long insert() {
        return lifeline.database()
                .sql(
                        """
                insert into feedhub.node as n (name, version, labels) values (?, ?, ?)
                on conflict (name) do update
                set session = n.session + 1, state = 'up', version = excluded.version, labels = excluded.labels,
                    started_at = clock_timestamp(), beat_at = clock_timestamp()
                returning session""")
                .params(node.name(), version, node.labels().toArray(String[]::new))
                .query(Long.class)
                .single();
    }
}
