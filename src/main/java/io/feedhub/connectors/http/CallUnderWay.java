package io.feedhub.connectors.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.util.Timeout;

/**
 * One call, from the wait for a connection to the end of its answer: when its time is over, and what its failure means.
 * Belongs to the thread that calls; any other may look.
 */
final class CallUnderWay {
    private final Thread caller = Thread.currentThread();
    private final ExecRuntime connection;
    private volatile long end;
    private volatile boolean connected;
    private volatile boolean cut;

    /** @param limit how long until there is a connection */
    CallUnderWay(ExecRuntime connection, Duration limit) {
        this.connection = connection;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** There is a connection, TLS included: only from now on can anything have been sent, and the answer is waited for. */
    void connected(Timeout limit) {
        end = System.nanoTime() + limit.toNanoseconds();
        connected = true;
    }

    /**
     * Takes the connection away from a call whose time or whose run is over, whatever it waits for. What has given it back
     * already is not touched.
     */
    void cutIfOver() {
        if (System.nanoTime() - end > 0 || caller.isInterrupted()) {
            cut = true;
            connection.discardEndpoint();
        }
    }

    /** Ends the connection; an open one would be read to its end when the answer is closed. */
    void breakOff() {
        connection.discardEndpoint();
    }

    boolean isCut() {
        return cut;
    }

    /** What a failure means. */
    IOException failure(IOException e) {
        IOException meant = meaning(e);
        return connected ? meant : new NeverSent(meant);
    }

    private IOException meaning(IOException e) {
        if (caller.isInterrupted()) {
            return new RunOver();
        }
        return cut ? new SocketTimeoutException("the answer did not end in time") : e;
    }

    /** No connection could be made, for whatever reason: the service knows nothing of the request. */
    static final class NeverSent extends IOException {
        private static final long serialVersionUID = 1L;

        NeverSent(IOException cause) {
            super(cause);
        }
    }

    /** The run was given up meanwhile, which says nothing of the service. */
    static final class RunOver extends InterruptedIOException {
        private static final long serialVersionUID = 1L;
    }
}
