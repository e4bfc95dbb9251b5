package io.feedhub.console.rest;

import io.feedhub.database.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests with a key and their answers, in {@code feedhub.request}, for a day. Thread-safe. */
final class RepeatedRequests {
    private static final Logger log = LoggerFactory.getLogger(RepeatedRequests.class);

    private final JdbcClient database;

    RepeatedRequests(JdbcClient database) {
        this.database = database;
    }

    /**
     * Takes a key for a request.
     *
     * @param text the request, without its body
     * @return false when the key is taken
     */
    boolean begin(String who, String key, String text) {
        database.sql("delete from feedhub.request where at < now() - interval '1 day'")
                .update();
        return database.sql("insert into feedhub.request (who, key, request) values (?, ?, ?) on conflict do nothing")
                        .params(who, key, text)
                        .update()
                == 1;
    }

    /**
     * Keeps the answer to a request. What cannot be remembered was done nevertheless, so that fails nobody.
     *
     * @param sent what of the request's body is compared, or null
     */
    void remember(String who, String key, byte @Nullable [] sent, int status, String body) {
        try {
            database.sql(
                            """
                    update feedhub.request set status = ?, body = ?, sent = sha256(?::bytea) where who = ? and key = ?""")
                    .params(status, body, sent, who, key)
                    .update();
        } catch (DataAccessException e) {
            log.warn("an answer is not remembered for its key: {}", Reason.of(e));
        }
    }

    /** Frees the key of a request that failed. Why the request failed matters more than that this does, so it fails nobody. */
    void forget(String who, String key) {
        try {
            database.sql("delete from feedhub.request where who = ? and key = ?")
                    .params(who, key)
                    .update();
        } catch (DataAccessException e) {
            log.warn("a request that failed is not forgotten for its key: {}", Reason.of(e));
        }
    }

    /**
     * What became of the request that has a key; empty when it was forgotten just now.
     *
     * @param text the request that is made now, without its body
     * @param sent what of its body is compared, or null
     */
    Optional<Answer> find(String who, String key, String text, byte @Nullable [] sent) {
        return database.sql( // an edit may wait ten minutes for runs in flight
                        """
                select request = ? and coalesce(sent = sha256(?::bytea), sent is null) as same,
                  status, body, at < now() - interval '11 minutes' as lost
                from feedhub.request where who = ? and key = ?""")
                .params(text, sent, who, key)
                .query(Answer.class)
                .optional();
    }

    /**
     * @param same whether it is to the same request, with the same body
     * @param status null while there is no answer
     * @param lost whether it is so old that, without a status, it will never have one
     */
    record Answer(boolean same, @Nullable Integer status, @Nullable String body, boolean lost) {}
}
