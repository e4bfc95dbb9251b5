package io.feedhub.flowtests;

import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The batches that a run completes are delivered by threads of their own, after it: here they are waited for. */
@Component
@Profile("flow-tests")
final class Digests {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 5;

    /** Between the queue and its thread a batch is seen in neither, for a moment. */
    private static final int LOOKS = 4;

    private final ThreadPoolExecutor deliveries;

    Digests(@Qualifier("after-commit") ThreadPoolExecutor deliveries) {
        this.deliveries = deliveries;
    }

    /** Returns when no batch is being delivered, or after half a minute: what is missing then, the case shows. */
    void await() {
        if (deliveries.getLargestPoolSize() == 0) {
            return; // none ever was
        }
        long end = System.nanoTime() + LONGEST.toNanos();
        int still = 0;
        try {
            while (still < LOOKS && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                boolean rests = deliveries.getQueue().isEmpty() && deliveries.getActiveCount() == 0;
                still = rests ? still + 1 : 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
