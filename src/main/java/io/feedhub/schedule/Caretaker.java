package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.nodes.Heartbeat;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Once a second: what no tick does. Flows are registered, runs past their limit ended, runs of dead nodes taken over, gaps
 * in the ledger filled, and what is planned is run. Every node does so; PostgreSQL sees to it that each thing is done once.
 */
@Component
final class Caretaker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Caretaker.class);
    static final Duration EVERY = Duration.ofSeconds(1);
    private static final int NOTE_EVERY = 60;

    private final Registrar registrar;
    private final Pauses pauses;
    private final CatchUp catchUp;
    private final PlannedRuns plannedRuns;
    private final InFlight inFlight;
    private final Heartbeat heartbeat;
    private final Semaphore work = new Semaphore(0);
    private int rounds;

    Caretaker(
            Registrar registrar,
            Pauses pauses,
            CatchUp catchUp,
            PlannedRuns plannedRuns,
            InFlight inFlight,
            Heartbeat heartbeat) {
        this.registrar = registrar;
        this.pauses = pauses;
        this.catchUp = catchUp;
        this.plannedRuns = plannedRuns;
        this.inFlight = inFlight;
        this.heartbeat = heartbeat;
    }

    /** Something is planned that need not wait for the next round. */
    void wake() {
        work.release();
    }

    /** Goes its rounds until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
                if (work.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        if (!heartbeat.isHeard()) {
            return;
        }
        attempt("the time limits", inFlight::enforceLimits);
        attempt("the flows' schedules", registrar::register);
        attempt("the pauses", pauses::apply);
        attempt("dead nodes' runs", plannedRuns::takeOver);
        attempt("the gaps", catchUp::fillGaps);
        attempt("what is planned", plannedRuns::run);
        if (rounds++ % NOTE_EVERY == 0) {
            attempt("what is settled", registrar::note);
        }
    }

    /** A step that fails must not keep the others from being done. None begins when the hub stops. */
    private static void attempt(String what, Runnable step) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            step.run();
        } catch (DataAccessException | TransactionException e) {
            log.warn("{} wait for the database: {}", what, Reason.of(e));
        } catch (RuntimeException | Error e) {
            log.error("{} could not be seen to", what, e);
        }
    }
}
