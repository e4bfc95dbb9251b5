package io.feedhub.delivery;

import io.feedhub.nodes.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ledger of what leaves, in {@code feedhub.outgoing}. A message is {@code sending} from before its POST until the
 * answer is written down; what is found {@code sending} after a crash is {@code unknown}: Discord may have it or not, and
 * it is never repeated blindly.
 */
@Component
public class Ledger {
    private final JdbcClient database;
    private final String node;

    Ledger(JdbcClient database, Node node) {
        this.database = database;
        this.node = node.name();
    }

    void write(String flow, @Nullable Long run, String channel, String payload) {
        database.sql("insert into feedhub.outgoing (flow, run, channel, payload) values (?, ?, ?, ?::jsonb)")
                .params(flow, run, channel, payload)
                .update();
    }

    /**
     * Takes the channel's oldest message that is due. Order is kept within a channel: nothing is taken while another node
     * is sending there, and a message that waits for its next try holds up those behind it.
     */
    @Transactional
    Optional<Envelope> take(String channel) {
        Optional<Envelope> envelope = database.sql(
                        """
                update feedhub.outgoing set state = 'sending', attempts = attempts + 1, node = :node
                where id = (select id from feedhub.outgoing
                            where channel = :channel and state in ('pending', 'sending')
                            order by id limit 1 for update)
                  and state = 'pending' and not_before <= clock_timestamp()
                returning id, payload, attempts""")
                .param("node", node)
                .param("channel", channel)
                .query((row, number) ->
                        new Envelope(row.getLong("id"), row.getString("payload"), row.getInt("attempts")))
                .optional();
        envelope.ifPresent(this::begin);
        return envelope;
    }

    private void begin(Envelope envelope) {
        database.sql("insert into feedhub.outgoing_attempt (outgoing, attempt, node) values (?, ?, ?)")
                .params(envelope.id(), envelope.attempt(), node)
                .update();
    }

    /** Writes down how an attempt ended. */
    @Transactional
    void record(Envelope envelope, Answer answer) {
        database.sql(
                        """
                update feedhub.outgoing
                set state = :state, message_id = :message, error = :error,
                    not_before = clock_timestamp() + :wait * interval '1 millisecond',
                    ended_at = case when :state = 'pending' then null else clock_timestamp() end
                where id = :id and state = 'sending'""")
                .param("state", answer.state())
                .param("message", answer.messageId())
                .param("error", answer.reason())
                .param("wait", answer.pause().toMillis())
                .param("id", envelope.id())
                .update();
        database.sql(
                        """
                update feedhub.outgoing_attempt set ended_at = clock_timestamp(), status = ?, result = ?
                where outgoing = ? and attempt = ?""")
                .params(
                        answer.status(),
                        answer.reason() == null ? answer.state() : answer.reason(),
                        envelope.id(),
                        envelope.attempt())
                .update();
    }

    /** What this node was sending when it was killed: sent or not, nobody knows. Call before the first send. */
    int closeInterrupted() {
        return database.sql(
                        """
                update feedhub.outgoing
                set state = 'unknown', ended_at = clock_timestamp(),
                    error = 'node ' || node || ' was stopped while it sent this; Discord may have it'
                where node = ? and state = 'sending'""")
                .param(node)
                .update();
    }

    /**
     * Puts a parked or unknown message back into the queue, because a person said so.
     *
     * @return false when the message does not exist or is not parked or unknown
     */
    public boolean retry(long id) {
        return database.sql(
                                """
                update feedhub.outgoing set state = 'pending', error = null, ended_at = null, not_before = now()
                where id = ? and state in ('parked', 'unknown')""")
                        .param(id)
                        .update()
                == 1;
    }

    /**
     * Messages, newest first.
     *
     * @param state only in this state, or null for all
     * @param channel only of this channel, or null for all
     * @param before only with smaller numbers than this: where the previous page ended
     * @param limit how many at most
     */
    public List<Delivery> newest(@Nullable String state, @Nullable String channel, long before, int limit) {
        return database.sql(
                        """
                select id, flow, run, channel, state, attempts, message_id, error, created_at from feedhub.outgoing
                where id < :before and (:state::text is null or state = :state)
                  and (:channel::text is null or channel = :channel)
                order by id desc limit :limit""")
                .param("before", before)
                .param("state", state)
                .param("channel", channel)
                .param("limit", limit)
                .query(Ledger::delivery)
                .list();
    }

    long backlog(String channel) {
        return database.sql(
                        "select count(*) from feedhub.outgoing where channel = ? and state in ('pending', 'sending')")
                .param(channel)
                .query(Long.class)
                .single();
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getString("flow"),
                row.getObject("run", Long.class),
                row.getString("channel"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("message_id"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant());
    }

    /** A message that this node has taken to send. */
    record Envelope(long id, String payload, int attempt) {}

    /**
     * How an attempt ended.
     *
     * @param state the message's next state
     * @param status the HTTP status, or null when there was none
     * @param messageId Discord's id when delivered
     * @param reason what stands in the way, or null
     * @param pause how long the channel, and the message if it is still pending, must wait
     */
    record Answer(
            String state,
            @Nullable Integer status,
            @Nullable String messageId,
            @Nullable String reason,
            Duration pause) {}
}
