package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Executes a webhook and says what the answer means. A connection that never was is told from an answer that was lost:
 * only the first may be repeated. Thread-safe.
 */
@Component
final class Discord implements DisposableBean {
    private static final Timeout ANSWER = Timeout.ofSeconds(20);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /** No send takes longer, unless its answer trickles in; then it is late, and settles what has become unknown. */
    static final Duration LONGEST = Duration.ofSeconds(25);

    /** How long a connection is taken for open without a look. */
    private static final TimeValue FRESH = TimeValue.ofMilliseconds(200);

    /** Set once there is a connection, TLS included: only from then on can anything have been sent. */
    private static final String CONNECTED = "feedhub.connected";

    private static final int MOST_CHANNELS = 64;
    private static final int LONGEST_ANSWER = 1 << 20;

    private static final int LONGEST_BACK_OFF = 300;

    /** No webhook of this id (10015), not its token (50027), or not allowed: no message will fare better. */
    private static final Set<Integer> GONE = Set.of(401, 403, 404);

    private final CloseableHttpClient http;
    private final ObjectMapper json;

    Discord(ObjectMapper json) {
        this.json = json;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MOST_CHANNELS)
                        .setMaxConnPerRoute(MOST_CHANNELS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setValidateAfterInactivity(FRESH)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(ANSWER)
                        .setConnectionRequestTimeout(CONNECT)
                        .build())
                .setUserAgent("DiscordBot (feed-hub, 0.1)")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), CONNECTED, Discord::connected)
                .build();
    }

    /**
     * Posts a body. The answer always comes: what goes wrong is an answer too.
     *
     * @param webhook the webhook's address, which may name a thread ({@code ?thread_id=…})
     * @param body JSON
     * @param attempt which try this is; the pause after a failure grows with it
     */
    Answer send(String webhook, String body, int attempt) {
        HttpClientContext context = HttpClientContext.create();
        try {
            HttpPost request = new HttpPost(webhook + (webhook.contains("?") ? "&" : "?") + "wait=true");
            request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
            return http.execute(request, context, response -> read(response, attempt));
        } catch (IOException | RuntimeException | Error e) { // a fault of its own too: the channel needs an answer
            return context.getAttribute(CONNECTED) == null ? unreached() : lost(attempt);
        }
    }

    @Override
    public void destroy() throws IOException {
        http.close();
    }

    private static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(CONNECTED, true);
        return chain.proceed(request, scope);
    }

    private static Answer unreached() {
        return new Answer(Kind.UNREACHED, null, null, "Discord is not reached", Limits.NONE);
    }

    /** Discord may have it. */
    static Answer lost(int attempt) {
        return new Answer(Kind.LOST, null, null, "sent, but the answer was lost", Limits.pause(backOff(attempt)));
    }

    private Answer read(ClassicHttpResponse response, int attempt) throws IOException, ParseException {
        int status = response.getCode();
        HttpEntity entity = response.getEntity();
        JsonNode body =
                parse(entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8, LONGEST_ANSWER));
        RateLimit limit = new RateLimit(response, body);
        if (status == 429) {
            return limit.exceeded();
        }
        if (status >= 500) {
            Kind kind = status == 500 ? Kind.FAILED : Kind.AGAIN; // the others are an outage, not this message
            return new Answer(kind, status, null, "Discord answered " + status, Limits.pause(backOff(attempt)));
        }
        if (status / 100 == 2 && body.hasNonNull("id")) {
            return new Answer(Kind.DELIVERED, status, body.get("id").asText(), null, limit.bucket());
        }
        if (status / 100 == 2) {
            Limits limits = limit.bucket().after(backOff(attempt));
            return new Answer(Kind.LOST, status, null, "sent, but the answer has no message id", limits);
        }
        Kind kind = GONE.contains(status) ? Kind.GONE : Kind.REFUSED;
        return new Answer(kind, status, null, words(status, body), limit.bucket());
    }

    /** Discord's message, and for a bad form the first field that is wrong. */
    private static String words(int status, JsonNode body) {
        String silence = status / 100 == 3 ? "a redirection, which is not followed" : "no reason given";
        String message =
                "Discord answered " + status + ": " + body.path("message").asText(silence);
        String field = firstError("", body.path("errors"));
        return field.isEmpty() ? message : message + " (" + field + ")";
    }

    private static String firstError(String path, JsonNode errors) {
        JsonNode here = errors.at("/_errors/0/message");
        if (here.isTextual()) {
            return path.substring(Math.min(1, path.length())) + ": " + here.asText();
        }
        return errors.properties().stream()
                .map(member -> firstError(path + "." + member.getKey(), member.getValue()))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    private JsonNode parse(String body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.nullNode() : parsed;
        } catch (JsonProcessingException e) {
            return json.nullNode(); // Cloudflare's own 429 and 5xx are not JSON
        }
    }

    /** How long a channel waits before a message's next try. */
    static Duration backOff(int attempt) {
        return Duration.ofSeconds(Math.min(LONGEST_BACK_OFF, 1L << Math.min(attempt, 16)));
    }
}
