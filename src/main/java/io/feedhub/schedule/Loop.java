package io.feedhub.schedule;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that must go on as long as this node is on duty. A loop that ended because of a fault would be a schedule that
 * silently stops: the heartbeat goes on, so neither peers nor the watchdog would notice. So it begins anew.
 */
final class Loop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final long PAUSE_MILLIS = 500;

    private final String name;
    private final Runnable work;

    /** @param work returns when its thread is interrupted, and leaves the thread so */
    private Loop(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    static Thread begin(String name, Runnable work) {
        Thread thread = new Thread(new Loop(name, work), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            work.run();
        } catch (Throwable e) { // an error too: when threads or memory run out, they may be had again soon
            log.error("{} failed and begins anew", name, e);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
