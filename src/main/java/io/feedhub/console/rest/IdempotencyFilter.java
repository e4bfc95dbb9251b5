package io.feedhub.console.rest;

import io.feedhub.console.identity.Actor;
import io.feedhub.console.rest.RepeatedRequests.Answer;
import io.feedhub.console.signin.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

    private final RepeatedRequests requests;
    private final Refusals refusals;

    IdempotencyFilter(RepeatedRequests requests, Refusals refusals) {
        this.requests = requests;
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
        if (requests.begin(who, key, text)) {
            first(who, key, request, response, next);
        } else {
            again(who, key, text, request, response);
        }
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
                requests.forget(who, key);
            }
        }
        if (answered) {
            String body = new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
            requests.remember(who, key, sent(question), answer.getStatus(), body);
        }
        answer.copyBodyToResponse();
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

    private void again(String who, String key, String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] sent = sent(new ContentCachingRequestWrapper(request, COMPARED));
        Answer answer = requests.find(who, key, text, sent).orElse(new Answer(true, null, null, false));
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
}
