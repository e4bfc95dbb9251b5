package io.feedhub.connectors.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
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

    /**
     * Holds when the answer's time is over, once there is a connection, TLS included: only from then on can anything
     * have been sent, and the wait for a free connection is not the service's.
     */
    private static final String CONNECTED = "feedhub.connected";

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setUserAgent("Feed-Hub")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .addExecInterceptorFirst("bounds", Bounds::bound)
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), CONNECTED, Bounds::connected);
    }

    private static ClassicHttpResponse bound(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = proceed(request, scope, chain);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            long end = scope.clientContext.getAttribute(CONNECTED, Long.class);
            response.setEntity(new Bounded(entity, end, scope.execRuntime));
        }
        return response;
    }

    private static ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } catch (SsrfGuard.Refused | ConnectionRequestTimeoutException e) {
            throw e; // these have a meaning of their own
        } catch (IOException e) {
            throw scope.clientContext.getAttribute(CONNECTED) == null ? new NeverSent(e) : e;
        }
    }

    private static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Timeout limit = scope.clientContext.getRequestConfigOrDefault().getResponseTimeout();
        scope.clientContext.setAttribute(CONNECTED, System.nanoTime() + limit.toNanoseconds());
        return chain.proceed(request, scope);
    }

    /** No connection could be made, for whatever reason: the service knows nothing of the request. */
    static final class NeverSent extends IOException {
        private static final long serialVersionUID = 1L;

        NeverSent(IOException cause) {
            super(cause);
        }
    }

    /** The same request would be answered at the same length again. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the answer is longer than " + (LARGEST_ANSWER >> 20) + " MiB");
        }
    }

    private static final class Bounded extends HttpEntityWrapper {
        private final long end;
        private final ExecRuntime connection;

        Bounded(HttpEntity entity, long end, ExecRuntime connection) {
            super(entity);
            this.end = end;
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new Watched(super.getContent(), end, connection);
        }
    }

    private static final class Watched extends FilterInputStream {
        private final long end;
        private final ExecRuntime connection;
        private int length;

        Watched(InputStream in, long end, ExecRuntime connection) {
            super(in);
            this.end = end;
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) throws IOException {
            int read = super.read(bytes, offset, wanted);
            length += Math.max(0, read);
            if (length > LARGEST_ANSWER) {
                throw broken(new TooLong());
            }
            if (read >= 0 && System.nanoTime() > end) {
                throw broken(new SocketTimeoutException("the answer did not end in time"));
            }
            return read;
        }

        /** An open connection would be read to its end when the stream is closed. */
        private IOException broken(IOException reason) throws IOException {
            connection.disconnectEndpoint();
            return reason;
        }
    }
}
