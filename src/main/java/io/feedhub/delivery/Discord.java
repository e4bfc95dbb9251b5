package io.feedhub.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Executes a webhook and says what the answer means. A connection that never was is told from an answer that was lost:
 * only the first may be repeated. Thread-safe.
 */
@Component
final class Discord implements DisposableBean {
    private static final Timeout ANSWER = Timeout.ofSeconds(20);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /**
     * No send takes longer once there is a connection: what has not been answered completely by then is lost. Before that,
     * each of Discord's addresses is given up after {@link #CONNECT}.
     */
    static final Duration LONGEST = Duration.ofSeconds(25);

    /** How long a connection is taken for open without a look. */
    private static final TimeValue FRESH = TimeValue.ofMilliseconds(200);

    /** Set once there is a connection, TLS included: only from then on can anything have been sent. */
    private static final String CONNECTED = "feedhub.connected";

    private static final int MOST_CHANNELS = 64;
    private static final int LONGEST_ANSWER = 1 << 20;

    private static final int LONGEST_BACK_OFF = 300;

    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor ends = new ScheduledThreadPoolExecutor(1, Discord::thread);
    private final Reading reading;
    private final Duration longest;

    @Autowired
    Discord(ObjectMapper json) {
        this(json, LONGEST);
    }

    /** @param longest after how long a send is ended */
    Discord(ObjectMapper json, Duration longest) {
        this.reading = new Reading(json);
        this.longest = longest;
        this.ends.setRemoveOnCancelPolicy(true); // nearly every send is answered long before its end
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
            return execute(request, context, attempt);
        } catch (IOException | RuntimeException | Error e) { // a fault of its own too: the channel needs an answer
            return context.getAttribute(CONNECTED) == null ? unreached() : lost(attempt);
        }
    }

    /** The client's own time-out is for a single read, which an answer that trickles in never meets. */
    private Answer execute(HttpPost request, HttpClientContext context, int attempt) throws IOException {
        Future<?> end = ends.schedule(request::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return http.execute(
                    request, context, response -> reading.of(response, text(request, response.getEntity()), attempt));
        } finally {
            end.cancel(false);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sends-end");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void destroy() throws IOException {
        ends.shutdownNow();
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

    /** What is longer than any answer of Discord's ends the connection, which would otherwise be read to its end. */
    private static String text(HttpPost request, @Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        byte[] bytes = entity.getContent().readNBytes(LONGEST_ANSWER + 1);
        if (bytes.length > LONGEST_ANSWER) {
            request.cancel();
            return "";
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How long a channel waits before a message's next try. */
    static Duration backOff(int attempt) {
        return Duration.ofSeconds(Math.min(LONGEST_BACK_OFF, 1L << Math.min(attempt, 16)));
    }
}
