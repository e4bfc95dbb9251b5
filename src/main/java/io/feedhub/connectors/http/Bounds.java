package io.feedhub.connectors.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.Timeout;

/**
 * What every HTTP client of the hub keeps to: nothing is retried or kept, an answer has an end in bytes and in time,
 * and what was never sent is told from what may have been.
 */
final class Bounds implements HttpClientConfigurer {
    /** Larger than any page the services send, small enough for 16 runs at once in 512 MB. */
    static final int LARGEST_ANSWER = 8 << 20;

    private static final String CALL = "feedhub.call";

    private final CallsUnderWay calls;
    private final Duration connecting;

    /** @param connecting how long it may take until there is a connection, beside the wait for a free one */
    Bounds(CallsUnderWay calls, Duration connecting) {
        this.calls = calls;
        this.connecting = connecting;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setUserAgent("Feed-Hub")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .addExecInterceptorFirst("bounds", this::bound)
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "connected", Bounds::connected);
    }

    private ClassicHttpResponse bound(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Timeout wait = scope.clientContext.getRequestConfigOrDefault().getConnectionRequestTimeout();
        CallUnderWay call = calls.begin(scope.execRuntime, wait.toDuration().plus(connecting));
        scope.clientContext.setAttribute(CALL, call);
        ClassicHttpResponse response = proceed(request, scope, chain, call);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new Bounded(entity, call));
        }
        return response;
    }

    private static ClassicHttpResponse proceed(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, CallUnderWay call)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } catch (SsrfGuard.Refused | ConnectionRequestTimeoutException e) {
            throw e; // these have a meaning of their own
        } catch (IOException e) {
            throw call.failure(e);
        } catch (RuntimeException e) { // a connection that is taken away between two steps is one to the client
            if (call.isCut()) {
                throw call.failure(new IOException(e));
            }
            throw e;
        }
    }

    private static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        CallUnderWay call = scope.clientContext.getAttribute(CALL, CallUnderWay.class);
        call.connected(scope.clientContext.getRequestConfigOrDefault().getResponseTimeout());
        return chain.proceed(request, scope);
    }

    /** The same request would be answered at the same length again. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the answer is longer than " + (LARGEST_ANSWER >> 20) + " MiB");
        }
    }

    private static final class Bounded extends HttpEntityWrapper {
        private final CallUnderWay call;

        Bounded(HttpEntity entity, CallUnderWay call) {
            super(entity);
            this.call = call;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new Watched(super.getContent(), call);
        }
    }

    private static final class Watched extends FilterInputStream {
        private final CallUnderWay call;
        private int length;

        Watched(InputStream in, CallUnderWay call) {
            super(in);
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) throws IOException {
            int read = some(bytes, offset, wanted);
            length += Math.max(0, read);
            if (length > LARGEST_ANSWER) {
                call.breakOff();
                throw new TooLong();
            }
            return read;
        }

        private int some(byte[] bytes, int offset, int wanted) throws IOException {
            try {
                return super.read(bytes, offset, wanted);
            } catch (IOException e) {
                throw call.failure(e);
            }
        }
    }
}
