package io.feedhub.connectors.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of this node that are under way, one a thread. A client's time-outs are for a single read, and an answer that
 * trickles in never meets them: so all calls are looked at now and then, which costs a call less than a timer of its own.
 * Thread-safe.
 */
final class CallsUnderWay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallsUnderWay.class);

    /** How late the end of a call's time may be seen. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Map<Thread, CallUnderWay> calls = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(CallsUnderWay::thread);

    CallsUnderWay() {
        var unused = looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "calls-under-way");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A call of this thread.
     *
     * @param limit how long until there is a connection
     */
    CallUnderWay begin(ExecRuntime connection, Duration limit) {
        CallUnderWay call = new CallUnderWay(connection, limit);
        calls.put(Thread.currentThread(), call);
        return call;
    }

    /** This thread's call has been answered, or has failed. */
    void end() {
        calls.remove(Thread.currentThread());
    }

    private void look() {
        for (CallUnderWay call : calls.values()) {
            try {
                call.cutIfOver();
            } catch (RuntimeException | Error e) { // the looks must go on for the others
                log.error("a call whose time is over could not be ended", e);
            }
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
