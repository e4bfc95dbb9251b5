package io.feedhub.connectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** What a service answered, whatever the status. Immutable. */
public final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORDS = 300;

    /** A slip in a header must not silence a service until a restart. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Call call;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param headers by name in lower case
     */
    Answer(Call call, int status, Map<String, String> headers, byte[] body) {
        this.call = call;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** A header's value, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * This answer, when it is a success.
     *
     * @throws ServiceDown on 429 and 503, and on 408 and other 5xx of a repeatable call
     * @throws OutcomeUnknown on 408 and other 5xx of a call that may have taken effect
     * @throws ServiceRefused on any other failure, in the service's own words
     */
    public Answer require() throws IOException {
        if (status >= 200 && status < 300) {
            return this;
        }
        if (status == 429 || status == 503) {
            throw new ServiceDown(failure());
        }
        if (status == 408 || status >= 500) {
            throw lost(call, failure());
        }
        throw new ServiceRefused(failure() + reason());
    }

    /** Which service, which path, which status. */
    String failure() {
        return call.name() + " answered " + status;
    }

    /**
     * The body as JSON; a missing node when there is none.
     *
     * @throws ServiceRefused when it is something else
     */
    public JsonNode json() {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (IOException e) {
            throw new ServiceRefused(call.name() + " answered what is not JSON");
        }
    }

    /** The body as JSON; a missing node when it is something else, as a refusal may be: a page of a proxy, say. */
    public JsonNode jsonIfAny() {
        try {
            return json();
        } catch (ServiceRefused e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * The body as maps and lists, as flows handle it; null when there is none.
     *
     * @throws ServiceRefused when it is not JSON
     */
    public @Nullable Object data() {
        try {
            return body.length == 0 ? null : JSON.readValue(body, Object.class);
        } catch (IOException e) {
            throw new ServiceRefused(call.name() + " answered what is not JSON");
        }
    }

    /** JSON as maps and lists, as flows handle it. */
    public static @Nullable Object data(JsonNode json) {
        try {
            return json.isMissingNode() ? null : JSON.treeToValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read cannot be written", e);
        }
    }

    /** How long the service asks to be left alone, from {@code Retry-After}: seconds or a date; an hour at most. */
    Optional<Duration> retryAfter(Clock clock) {
        String value = header("retry-after");
        Instant now = clock.instant();
        Instant until =
                value.matches("\\d{1,9}") ? now.plusSeconds(Long.parseLong(value)) : DateUtils.parseStandardDate(value);
        return Optional.ofNullable(until)
                .map(date -> Duration.between(now, date))
                .filter(wait -> !wait.isNegative())
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    /** A failure that left the outcome open: worth another try only when a second effect does no harm. */
    static IOException lost(Call call, String failure) {
        return call.isRepeatable()
                ? new ServiceDown(failure)
                : new OutcomeUnknown(failure + "; it may have taken effect and is not repeated");
    }

    /** The services' own words, where they put them: error.message, error or message. */
    private String reason() {
        if (status / 100 == 3) {
            return ": a redirection, which is not followed";
        }
        JsonNode answer = jsonIfAny();
        return Stream.of(answer.at("/error/message"), answer.at("/error"), answer.at("/message"))
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(text -> ": "
                        + text.asText()
                                .substring(0, Math.min(WORDS, text.asText().length())))
                .orElse("");
    }
}
