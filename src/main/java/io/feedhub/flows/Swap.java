package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import io.feedhub.runs.RunMark;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Exchanges the routes of one flow: lets work in flight end, takes the old ones out and starts the new ones. When these do not
 * start, the old ones are put back. Instants that pass meanwhile are fired by the new trigger, which begins in the past.
 */
@Component
final class Swap {
    private static final Logger log = LoggerFactory.getLogger(Swap.class);
    private static final long LOOK_AGAIN = 20;

    private final LiveRoutes routes;
    private final Starters starters;
    private final Duration drain;

    Swap(LiveRoutes routes, FlowSettings settings) {
        this.routes = routes;
        this.starters = routes.starters();
        this.drain = settings.edits().drain();
    }

    /**
     * Puts a file in the place of another; either may be missing.
     *
     * @throws Refused when the new routes do not start; then the old ones run again, as they do when these cannot be taken out
     */
    void exchange(@Nullable FlowFile old, @Nullable FlowFile next) throws Refused {
        if (old == null) {
            routes.load(Objects.requireNonNull(next, "nothing in the place of nothing"));
            return;
        }
        String flow = old.id();
        boolean paused = starters.isPaused(flow);
        try {
            paused &= takeOut(old);
            if (next == null) {
                starters.forget(flow);
            } else {
                replace(old, next);
            }
        } finally {
            if (paused) {
                starters.pause(flow);
            }
        }
    }

    private void replace(FlowFile old, FlowFile next) throws Refused {
        try {
            routes.load(next);
        } catch (Refused | RuntimeException | Error e) { // for want of a thread, for instance
            try {
                routes.load(old);
            } catch (Refused | RuntimeException | Error again) {
                e.addSuppressed(again);
                throw new IllegalStateException(
                        old.id() + " is taken out, and what ran before does not start again", e);
            }
            throw e;
        }
    }

    /** @return false when an operator has resumed it meanwhile */
    private boolean takeOut(FlowFile old) {
        try {
            letEnd(old.id());
            boolean quiet = starters.isSuspended(old.id());
            routes.remove(old.id());
            return quiet;
        } catch (RuntimeException | Error e) {
            putBack(old, e);
            throw e;
        }
    }

    /** What could not be taken out must not stay quiet. */
    private void putBack(FlowFile old, Throwable e) {
        try {
            if (!starters.wake(old.id())) {
                routes.remove(old.id());
                routes.load(old);
            }
        } catch (Refused | RuntimeException | Error again) {
            e.addSuppressed(again);
        }
    }

    private void letEnd(String flow) {
        starters.quiet(flow);
        long end = System.nanoTime() + drain.toNanos(); // however the machine's clock is set meanwhile
        List<Exchange> inFlight;
        do {
            pause(); // first of all: a run that was let in before it was quiet may not have begun
            inFlight = routes.inFlight(flow);
        } while (!inFlight.isEmpty() && System.nanoTime() - end < 0);
        if (!inFlight.isEmpty()) {
            log.warn("{}: {} runs did not end within {} and are superseded", flow, inFlight.size(), drain);
            inFlight.forEach(Swap::supersede);
        }
    }

    /** The run ends at once, as failed. What it had not committed stays unclaimed and comes again. */
    private static void supersede(Exchange exchange) {
        RunMark.giveUp(exchange, "superseded: a newer revision went live");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the hub stops", e);
        }
    }
}
