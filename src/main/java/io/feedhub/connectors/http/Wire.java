package io.feedhub.connectors.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Camel's HTTP component as the connectors use it: pooled, guarded, bounded, without redirects, cookies or retries of its
 * own. Each request is an exchange of its own, so that no header of a flow reaches it. Thread-safe.
 */
@Component
final class Wire implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /** A service may have several addresses, each of which is tried, and a handshake may trickle in. */
    static final Duration CONNECTING = Duration.ofSeconds(30);

    /** Without these, headers that do not end would fill the memory: {@link Bounds} counts the body only. */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(16 << 10)
            .setMaxHeaderCount(200)
            .build();

    /** As many as a parallel split of Camel has threads: with fewer they wait for each other. */
    static final int CALLS_AT_ONCE = 10;

    private final HttpComponent http = new HttpComponent();
    private final CallsUnderWay calls = new CallsUnderWay();
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();

    @Autowired
    Wire(CamelContext context, Services services) {
        this(context, new SsrfGuard(SystemDefaultDnsResolver.INSTANCE, services.privateHosts()), CONNECTING);
    }

    /** @param connecting how long it may take until there is a connection, beside the wait for a free one */
    Wire(CamelContext context, SsrfGuard guard, Duration connecting) {
        http.setCamelContext(context);
        http.setClientConnectionManager(connections(guard));
        http.setHttpClientConfigurer(new Bounds(calls, connecting));
        http.setCookieManagementDisabled(true);
        ServiceHelper.startService(http);
    }

    private static PoolingHttpClientConnectionManager connections(SsrfGuard guard) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
                .setMaxConnTotal(64)
                .setMaxConnPerRoute(CALLS_AT_ONCE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    /**
     * Sends and reads to the end.
     *
     * @param limit how long a free connection is waited for, and from then on the complete answer
     * @throws IOException as the client has it; the caller makes it a typed one, since its message may hold the address
     */
    Answer exchange(URI address, Call call, Duration limit) throws IOException {
        Producer producer = producers.computeIfAbsent(origin(address) + options(limit), this::producer);
        Exchange exchange = producer.getEndpoint().createExchange();
        Message request = exchange.getIn();
        call.headers().forEach(request::setHeader);
        request.setHeader(HttpConstants.HTTP_METHOD, HttpMethods.valueOf(call.method()));
        request.setHeader(HttpConstants.HTTP_PATH, address.getRawPath());
        request.setHeader(HttpConstants.HTTP_RAW_QUERY, address.getRawQuery());
        request.setBody(call.body());
        try {
            return send(call, producer, exchange);
        } finally {
            calls.end();
        }
    }

    private static Answer send(Call call, Producer producer, Exchange exchange) throws IOException {
        try {
            producer.process(exchange);
            return answer(call, exchange.getMessage());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // Processor declares no narrower one
            throw new IOException(e);
        } finally {
            UnitOfWorkHelper.doneSynchronizations(
                    exchange, exchange.getExchangeExtension().handoverCompletions());
        }
    }

    private static Answer answer(Call call, Message message) throws IOException {
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.toString()));
        int status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, 0, Integer.class);
        try (InputStream body = (InputStream) message.getBody()) {
            return new Answer(call, status, headers, body == null ? new byte[0] : body.readAllBytes());
        }
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /**
     * The producer hands on every status, and the body as it comes: {@link Bounds} watches it. The body of a DELETE is sent
     * when there is one.
     */
    private static String options(Duration limit) {
        return "?throwExceptionOnFailure=false&disableStreamCache=true&deleteWithBody=true&responseTimeout="
                + limit.toMillis() + "&connectionRequestTimeout=" + limit.toMillis();
    }

    private Producer producer(String address) {
        try {
            Producer producer = http.createEndpoint(address).createProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception e) { // Component declares no narrower one
            throw new IllegalArgumentException("not an address that Camel's HTTP component knows", e);
        }
    }

    @Override
    public void close() {
        ServiceHelper.stopService(producers.values());
        ServiceHelper.stopService(http);
        calls.close();
    }
}
