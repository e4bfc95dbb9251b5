package io.feedhub.delivery;

import static io.feedhub.database.Columns.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ledger of what leaves, in {@code feedhub.outgoing}: what is written, what a person reads, and what a person
 * decides. How messages leave is {@link Dispatch}. Thread-safe.
 */
@Component
public final class Ledger {
    private static final String WRITE =
            """
            with message as (
              select * from unnest(?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::boolean[], ?::integer[])
                with ordinality as m(flow, run, epoch, channel, payload, fold, size, n)
            ), held as materialized (
              select feedhub.hold_claim(run, epoch) from (select distinct run, epoch from message where epoch is not null) r
            )
            insert into feedhub.outgoing (flow, run, channel, payload, fold, size)
            select flow, run, channel, payload::jsonb, fold, size from message
            where (select count(*) from held) >= 0 order by n""";

    /** With its phase in words: of a parameter the planner does not know which index has it. */
    private static final String OF_STATE = "and phase = '%s' and state = :state";

    /** Only where a channel is asked for: a plan for any or none would not use the channel's index. */
    private static final String OF_CHANNEL = "and channel = :channel";

    private static final String COLUMNS =
            """
            id, flow, run, channel, state, attempts, repeats, message_id, error, created_at,
            left(coalesce(payload #>> '{embeds,0,title}', payload #>> '{embeds,0,description}', ''), 80) as title""";

    private final JdbcClient database;

    Ledger(JdbcClient database) {
        this.database = database;
    }

    /**
     * Writes messages in one statement, in the caller's transaction when there is one. Messages of a run that has lost
     * its claim are refused.
     */
    void write(List<Outgoing> messages) {
        if (messages.isEmpty()) {
            return;
        }
        database.sql(WRITE)
                .param(1, column(messages, Outgoing::flow, String[]::new))
                .param(2, column(messages, Outgoing::run, Long[]::new))
                .param(3, column(messages, Outgoing::epoch, Integer[]::new))
                .param(4, column(messages, Outgoing::channel, String[]::new))
                .param(5, column(messages, Outgoing::payload, String[]::new))
                .param(6, column(messages, Outgoing::fold, Boolean[]::new))
                .param(7, column(messages, Outgoing::size, Integer[]::new))
                .update();
    }

    /**
     * Puts a message that is at an end back into the queue, because a person said so.
     *
     * @return false when the message does not exist, or is in no state that {@linkplain MessageState#canBeRetried() can be retried}
     */
    public boolean retry(long id) {
        return database.sql(
                                """
                update feedhub.outgoing
                set state = 'queued', error = null, ended_at = null, repeats = repeats + (state = 'unknown')::int
                where id = ? and state = any(?)""")
                        .param(1, id)
                        .param(2, words(MessageState::canBeRetried))
                        .update()
                == 1;
    }

    /** Whether there is a message of this number. */
    public boolean has(long id) {
        return database.sql("select exists (select from feedhub.outgoing where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /**
     * Lets a message be as it is, because a person said so: it is not sent, or not again.
     *
     * @return false when the message does not exist, or is in no state that {@linkplain MessageState#canBeGivenUp() can be given up}
     */
    public boolean giveUp(long id) {
        return database.sql(
                                """
                update feedhub.outgoing
                set state = 'given-up', ended_at = clock_timestamp(), error = concat_ws(': ', 'was ' || state, error)
                where id = ? and state = any(?)""")
                        .param(1, id)
                        .param(2, words(MessageState::canBeGivenUp))
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
    public List<Delivery> newest(@Nullable MessageState state, @Nullable String channel, long before, int limit) {
        return database.sql(
                        """
                select %s from feedhub.outgoing
                where id < :before %s %s
                order by id desc limit :limit"""
                                .formatted(
                                        COLUMNS,
                                        state == null ? "" : OF_STATE.formatted(state.phase()),
                                        channel == null ? "" : OF_CHANNEL))
                .param("before", before)
                .param("state", state == null ? null : state.word())
                .param("channel", channel)
                .param("limit", limit)
                .query(Ledger::delivery)
                .list();
    }

    /** A flow's messages, newest first. */
    public List<Delivery> of(String flow, int limit) {
        return database.sql("select " + COLUMNS + " from feedhub.outgoing where flow = ? order by id desc limit ?")
                .params(flow, limit)
                .query(Ledger::delivery)
                .list();
    }

    /** One message. */
    public Optional<Delivery> find(long id) {
        return database.sql("select " + COLUMNS + " from feedhub.outgoing where id = ?")
                .param(id)
                .query(Ledger::delivery)
                .optional();
    }

    /** What a message says: the webhook's body, as JSON. */
    public Optional<String> content(long id) {
        return database.sql("select payload from feedhub.outgoing where id = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** How many messages wait for a person's decision: parked and unknown ones. */
    public long undecided() {
        return database.sql("select count(*) from feedhub.outgoing where phase = 'undecided'")
                .query(Long.class)
                .single();
    }

    private static String[] words(Predicate<MessageState> which) {
        return MessageState.words(which).toArray(String[]::new);
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getString("flow"),
                row.getObject("run", Long.class),
                row.getString("channel"),
                row.getString("title"),
                MessageState.of(row.getString("state")),
                row.getInt("attempts"),
                row.getInt("repeats"),
                row.getString("message_id"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant());
    }
}
