package io.feedhub.console.rest;

import io.feedhub.console.identity.Actor;
import io.feedhub.console.signin.Refusals;
import io.feedhub.database.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.ContentCachingRequestWrapper;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets a client repeat a POST whose answer it has not seen: with the same {@code Idempotency-Key} it gets the first answer
 * again, and nothing starts twice, on whichever node it asks. Keys are the user's own and are remembered for a day. A request
 * that fails in the hub is forgotten, so it may be tried again. When the hub dies in between, nobody knows how it ended, and
 * that is what a repetition is told.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
    private static final String KEY = "Idempotency-Key";
    private static final int LONGEST = 200;

    /** So much of a body is compared, of an import the beginning. */
    private static final int COMPARED = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);

    private final JdbcClient database;
    private final Refusals refusals;

    IdempotencyFilter(JdbcClient database, Refusals refusals) {
        this.database = database;
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || request.getHeader(KEY) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        String key = request.getHeader(KEY);
        if (key.isBlank() || key.length() > LONGEST) {
            refusals.write(
                    request, response, HttpStatus.BAD_REQUEST, KEY + " must have 1 to " + LONGEST + " characters");
            return;
        }
        String who = Actor.current().who();
        String text = request.getRequestURI() + "?" + Objects.toString(request.getQueryString(), "");
        if (begin(who, key, text)) {
            first(who, key, request, response, next);
        } else {
            again(who, key, text, request, response);
        }
    }

    private boolean begin(String who, String key, String text) {
        database.sql("delete from feedhub.request where at < now() - interval '1 day'")
                .update();
        return database.sql("insert into feedhub.request (who, key, request) values (?, ?, ?) on conflict do nothing")
                        .params(who, key, text)
                        .update()
                == 1;
    }

    private void first(
            String who, String key, HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        ContentCachingRequestWrapper question = new ContentCachingRequestWrapper(request, COMPARED);
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            next.doFilter(question, answer);
            answered = answer.getStatus() < 500;
        } finally {
            if (!answered) {
                forget(who, key);
            }
        }
        remember(who, key, sent(question), answer);
        answer.copyBodyToResponse();
    }

    /** What cannot be remembered was done nevertheless, and is answered. */
    private void remember(String who, String key, byte @Nullable [] sent, ContentCachingResponseWrapper answer) {
        try {
            database.sql(
                            """
                    update feedhub.request set status = ?, body = ?, sent = sha256(?::bytea) where who = ? and key = ?""")
                    .params(
                            answer.getStatus(),
                            new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8),
                            sent,
                            who,
                            key)
                    .update();
        } catch (DataAccessException e) {
            log.warn("an answer is not remembered for its {}: {}", KEY, Reason.of(e));
        }
    }

    /** What of a body is compared with that of another: nothing of a form, which is read in other ways. */
    private static byte @Nullable [] sent(ContentCachingRequestWrapper question) {
        String type = Objects.toString(question.getContentType(), "");
        if (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            return null;
        }
        try {
            question.getInputStream().readNBytes(COMPARED); // what nobody wanted to read
            return question.getContentAsByteArray();
        } catch (IOException | ResponseStatusException e) { // broken off, or longer than may be
            return null;
        }
    }

    private void forget(String who, String key) {
        database.sql("delete from feedhub.request where who = ? and key = ?")
                .params(who, key)
                .update();
    }

    private void again(String who, String key, String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer answer = database.sql( // an edit may wait ten minutes for runs in flight
                        """
                select request = ? and coalesce(sent = sha256(?::bytea), sent is null) as same,
                  status, body, at < now() - interval '11 minutes' as lost
                from feedhub.request where who = ? and key = ?""")
                .params(text, sent(new ContentCachingRequestWrapper(request, COMPARED)), who, key)
                .query(Answer.class)
                .optional()
                .orElse(new Answer(true, null, null, false));
        if (!answer.same()) {
            refusals.write(
                    request,
                    response,
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "this " + KEY + " was used for another request");
        } else if (answer.status() == null) {
            refusals.write(
                    request,
                    response,
                    HttpStatus.CONFLICT,
                    answer.lost()
                            ? "nobody knows how the first request with this " + KEY
                                    + " ended; look before you ask again, with a new key"
                            : "the first request with this " + KEY + " has no answer yet");
        } else {
            replay(answer.status(), Objects.toString(answer.body(), ""), response);
        }
    }

    private static void replay(int status, String body, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Idempotency-Replayed", "true");
        response.setContentType(
                status < 400 ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param same whether it is to the same request, with the same body
     * @param lost whether it is so old that, without a status, it will never have one
     */
    private record Answer(boolean same, @Nullable Integer status, @Nullable String body, boolean lost) {}
}
