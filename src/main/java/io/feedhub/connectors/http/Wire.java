package io.feedhub.connectors.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The HTTP client: pooled, guarded, without redirects, cookies or retries of its own. Thread-safe. */
@Component
final class Wire implements AutoCloseable {
    /** Larger than any page the services send, small enough for 16 runs at once in 512 MB. */
    static final int LARGEST_ANSWER = 8 << 20;

    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    private final CloseableHttpClient client;

    @Autowired
    Wire(Services services) {
        this(new Guard(SystemDefaultDnsResolver.INSTANCE, services.privateHosts()));
    }

    Wire(Guard guard) {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setMaxConnTotal(64)
                        .setMaxConnPerRoute(8)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .setUserAgent("Feed-Hub")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .build();
    }

    /**
     * Sends and reads to the end.
     *
     * @param limit until the answer is complete
     * @throws IOException as the client has it; the caller makes it a typed one, since its message may hold the address
     */
    Answer exchange(URI address, Call call, Duration limit) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), address);
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(CONNECT)
                .setResponseTimeout(Timeout.of(limit))
                .build());
        call.headers().forEach(request::setHeader);
        byte[] body = call.body();
        if (body != null) {
            request.setEntity(
                    new ByteArrayEntity(body, ContentType.parse(call.headers().get("Content-Type"))));
        }
        long end = System.nanoTime() + limit.toNanos();
        return client.execute(request, response -> {
            try {
                return new Answer(call, response.getCode(), headers(response), read(response.getEntity(), end));
            } catch (IOException e) {
                request.cancel(); // closing it would first read what is left of it
                throw e;
            }
        });
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    private static byte[] read(@Nullable HttpEntity entity, long end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        if (entity == null) {
            return read.toByteArray();
        }
        InputStream in = entity.getContent();
        byte[] piece = new byte[16 << 10];
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            read.write(piece, 0, length);
            if (read.size() > LARGEST_ANSWER) {
                throw new TooLong();
            }
            if (System.nanoTime() > end) {
                throw new SocketTimeoutException("the answer did not end in time");
            }
        }
        in.close();
        return read.toByteArray();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** The same request would be answered at the same length again. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the answer is longer than " + (LARGEST_ANSWER >> 20) + " MiB");
        }
    }
}
