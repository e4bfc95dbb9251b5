package io.feedhub.connectors.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What every HTTP client of the hub has: the service's token, added when the request leaves – so it is never in a route,
 * a header of an exchange, a log or JMX – the service's time-out, and a bound on the answer's size.
 */
@Component("serviceClients")
final class ServiceClients implements HttpClientConfigurer {
    /** Larger than any page the services send, small enough for 16 runs at once in 512 MB. */
    static final long LARGEST_ANSWER = 8L << 20;

    private final Services services;

    ServiceClients(Services services) {
        this.services = services;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setUserAgent("Feed-Hub")
                .disableCookieManagement()
                .disableAutomaticRetries()
                .addExecInterceptorFirst("time-out", this::limitTime)
                .addRequestInterceptorLast(this::authenticate)
                .addResponseInterceptorLast(ServiceClients::bound);
    }

    private ClassicHttpResponse limitTime(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        services.at(target(request))
                .ifPresent(service -> scope.clientContext.setRequestConfig(
                        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
                                .setResponseTimeout(Timeout.of(service.timeout()))
                                .build()));
        return chain.proceed(request, scope);
    }

    private void authenticate(HttpRequest request, @Nullable EntityDetails body, HttpContext context)
            throws HttpException {
        services.at(target(request)).filter(Services.Service::hasToken).ifPresent(service -> {
            String header = service.header();
            if (header == null || header.isBlank()) {
                request.setHeader("Authorization", "Bearer " + service.token());
            } else {
                request.setHeader(header, service.token());
            }
        });
    }

    private static URI target(HttpRequest request) throws HttpException {
        try {
            return request.getUri();
        } catch (URISyntaxException e) {
            throw new HttpException("not an address: " + request.getPath(), e);
        }
    }

    private static void bound(HttpResponse response, @Nullable EntityDetails body, HttpContext context)
            throws IOException {
        if (response instanceof ClassicHttpResponse answer && answer.getEntity() != null) {
            answer.setEntity(new BoundedEntity(answer.getEntity(), LARGEST_ANSWER));
        }
    }
}
