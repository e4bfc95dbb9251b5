package io.feedhub.schedule;

import io.feedhub.database.Storable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * How long the steps of one run took, summed by step, so that a run of 100,000 items is as small as one of three. It travels
 * as an exchange property. Thread-safe.
 */
final class Steps {
    private static final String PROPERTY = "feedhub.steps";
    private static final int MOST = 200;

    private final long begun = System.nanoTime();
    private final Map<String, Step> byId = new LinkedHashMap<>();

    void travelOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static Optional<Steps> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, Steps.class));
    }

    /** A step begins; in the order of the first time, steps are shown. */
    synchronized @Nullable Step begin(String id, String what) {
        Step step = byId.get(id);
        if (step == null && byId.size() < MOST) {
            step = new Step(id, what, System.nanoTime() - begun);
            byId.put(id, step);
        }
        return step;
    }

    /** What was taken until now. */
    synchronized List<Run.Step> taken() {
        return byId.values().stream().map(Step::taken).toList();
    }

    /** One step: how often it was taken, and how long that took. */
    static final class Step {
        private final String id;
        private final String what;
        private final long began;
        private long times;
        private long nanos;
        private long longest;

        Step(String id, String what, long began) {
            this.id = id;
            this.what = what;
            this.began = began;
        }

        synchronized void took(long duration) {
            times++;
            nanos += duration;
            longest = Math.max(longest, duration);
        }

        private synchronized Run.Step taken() {
            return new Run.Step(
                    Storable.text(id),
                    Storable.text(what),
                    began / 1_000_000,
                    times,
                    nanos / 1_000_000,
                    longest / 1_000_000);
        }
    }
}
