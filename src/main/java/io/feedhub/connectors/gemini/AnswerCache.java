package io.feedhub.connectors.gemini;

import io.feedhub.database.Reason;
import io.feedhub.database.Storable;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whole answers by the hash of model, schema and prompt: the same question is paid for once. */
@Component
final class AnswerCache {
    private static final Logger log = LoggerFactory.getLogger(AnswerCache.class);

    private final JdbcClient database;
    private final GeminiSettings settings;
    private final Clock clock;

    AnswerCache(JdbcClient database, GeminiSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** The answer as JSON, when there is one that is young enough. */
    Optional<String> find(String prompt, String schema) {
        return database.sql("select answer from feedhub.llm_cache where question = ? and at > ?")
                .params(hash(prompt, schema), oldest())
                .query(String.class)
                .optional();
    }

    /** Keeps an answer, and drops those that are too old. One that cannot be kept is paid for, and not lost. */
    void keep(String prompt, String schema, String answer) {
        try {
            if (settings.cache().isZero()) {
                drop();
                return;
            }
            write(hash(prompt, schema), Storable.json(answer));
        } catch (DataAccessException e) {
            log.warn("an answer is not kept for the next time: {}", Reason.of(e));
        }
    }

    /** What was kept before the cache was switched off. */
    private void drop() {
        database.sql("delete from feedhub.llm_cache where at <= ?")
                .param(oldest())
                .update();
    }

    private void write(String question, String answer) {
        database.sql(
                        """
                with dropped as (delete from feedhub.llm_cache where at <= :oldest and question <> :question)
                insert into feedhub.llm_cache (question, answer, at) values (:question, :answer::jsonb, :now)
                on conflict (question) do update set answer = excluded.answer, at = excluded.at""")
                .param("oldest", oldest())
                .param("question", question)
                .param("answer", answer)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private Timestamp oldest() {
        return Timestamp.from(clock.instant().minus(settings.cache()));
    }

    private String hash(String prompt, String schema) {
        return DigestUtils.sha256Hex(settings.model() + "\0" + schema + "\0" + prompt + "\0");
    }
}
