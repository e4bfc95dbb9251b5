package io.feedhub.delivery;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts and stops the sending with the hub. */
@Component
final class CourierLifecycle implements SmartLifecycle {
    private final Courier courier;
    private @Nullable Thread thread;

    CourierLifecycle(Courier courier) {
        this.courier = courier;
    }

    @Override
    public void start() {
        courier.prepare();
        Thread started = new Thread(courier, "courier");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        courier.stop();
        try {
            running.join(Discord.LONGEST.plusSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    /** After the runs that are in flight have ended; they may post until then. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 2;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
