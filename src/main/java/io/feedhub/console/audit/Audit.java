package io.feedhub.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.console.identity.Actor;
import io.feedhub.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponse;

/**
 * The record of what people do, in {@code feedhub.audit}: append-only, one row for each action. What cannot be recorded is
 * not done; the caller gets the exception that says why. Thread-safe.
 */
@Component
public final class Audit {
    private static final String INSERT =
            """
            insert into feedhub.audit (who, role, via, origin, action, subject, before, after, result, reason)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)""";

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final Json json;

    Audit(JdbcClient database, TransactionTemplate transactions, Json json) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Carries out an action of whoever is signed in, and writes its row, in one transaction. When the action throws, its
     * effects are rolled back, a row says why, and the exception goes on.
     *
     * @param action what is done, such as {@code flow.pause}
     * @param subject on what, such as a flow's id
     * @param state asked before and after the action for what is worth remembering of the subject; may supply null
     * @param work the action
     * @return what the action returned
     */
    public <T extends @Nullable Object> T record(
            String action, String subject, Supplier<? extends @Nullable Object> state, Supplier<T> work) {
        try {
            return transactions.execute(status -> {
                Object before = state.get();
                T result = work.get();
                write(action, subject, before, state.get(), "done", null);
                return result;
            });
        } catch (RuntimeException e) {
            boolean refused =
                    e instanceof ErrorResponse answer && answer.getStatusCode().is4xxClientError();
            try {
                write(action, subject, null, null, refused ? "refused" : "failed", reason(e));
            } catch (RuntimeException notWritten) {
                e.addSuppressed(notWritten);
            }
            throw e;
        }
    }

    /** The same for an action that returns nothing. */
    public void record(String action, String subject, Supplier<? extends @Nullable Object> state, Runnable work) {
        this.<@Nullable Object>record(action, subject, state, () -> {
            work.run();
            return null;
        });
    }

    /** Writes that an action was refused before it began. */
    public void refused(String action, String subject, String reason) {
        write(action, subject, null, null, "refused", reason);
    }

    /**
     * Writes, in the caller's transaction, what was done for somebody who is not signed in on this thread.
     *
     * @param actor for whom
     * @param action what was done, such as {@code command.run}
     * @param subject on what
     * @param after what is worth remembering of it, or null
     * @param refused why it was refused, or null when it was done
     */
    public void noted(Actor actor, String action, String subject, @Nullable Object after, @Nullable String refused) {
        write(actor, action, subject, null, after, refused == null ? "done" : "refused", refused);
    }

    /**
     * Entries, newest first.
     *
     * @param who only of this user, or null for all
     * @param action only this action, or null for all
     * @param subject only on this subject, or null for all
     * @param before only with smaller numbers than this: where the previous page ended
     * @param limit how many at most
     */
    public List<AuditEntry> newest(
            @Nullable String who, @Nullable String action, @Nullable String subject, long before, int limit) {
        return database.sql(
                        """
                select * from feedhub.audit
                where id < :before and (:who::text is null or who = :who)
                  and (:action::text is null or action = :action) and (:subject::text is null or subject = :subject)
                order by id desc limit :limit""")
                .param("before", before)
                .param("who", who)
                .param("action", action)
                .param("subject", subject)
                .param("limit", limit)
                .query(this::entry)
                .list();
    }

    private void write(
            String action,
            String subject,
            @Nullable Object before,
            @Nullable Object after,
            String result,
            @Nullable String reason) {
        write(Actor.current(), action, subject, before, after, result, reason);
    }

    private void write(
            Actor actor,
            String action,
            String subject,
            @Nullable Object before,
            @Nullable Object after,
            String result,
            @Nullable String reason) {
        database.sql(INSERT)
                .params(
                        actor.who(),
                        actor.role(),
                        actor.via(),
                        actor.origin(),
                        action,
                        subject,
                        text(before),
                        text(after),
                        result,
                        reason)
                .update();
    }

    private static String reason(RuntimeException e) {
        String text = e instanceof ErrorResponse answer ? answer.getBody().getDetail() : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }

    private @Nullable String text(@Nullable Object state) {
        return state == null ? null : json.write(state);
    }

    private AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("who"),
                row.getString("role"),
                row.getString("via"),
                row.getString("origin"),
                row.getString("action"),
                row.getString("subject"),
                state(row.getString("before")),
                state(row.getString("after")),
                row.getString("result"),
                row.getString("reason"));
    }

    private @Nullable JsonNode state(@Nullable String column) {
        return column == null ? null : json.read(column, JsonNode.class);
    }
}
