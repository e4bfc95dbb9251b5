package io.feedhub.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Up to where each instant of a flow is known to have its row, and which have one beyond. Not thread-safe: guarded by its plan. */
final class Watermark {
    /** Of an outage; of older ones nothing is said. A flow of every minute has as many in ten weeks. */
    static final int MOST_INSTANTS = 100_000;

    /** Every instant up to here has its row. */
    private Instant settled;

    /** Instants after it that have theirs too. */
    private final NavigableSet<Instant> ahead = new TreeSet<>();

    /** Between these there is no instant: a look there is not repeated. */
    private Instant lookedFrom = Instant.MIN;

    private Instant lookedTo = Instant.MIN;

    /** The newest instant that is known to have its row, and up to where the database was last told. */
    private Instant passed = Instant.MIN;

    private Instant noted = Instant.MIN;

    Watermark(Instant born) {
        this.settled = born;
    }

    Instant settled() {
        return settled;
    }

    /** Begins from what the database has. */
    void reset(Instant until) {
        settled = until;
        ahead.headSet(until, true).clear();
    }

    /** Whether an instant has passed since the database was last told. */
    boolean isNews() {
        return passed.isAfter(noted);
    }

    /** The database was told. */
    void noted(Instant until) {
        noted = until;
    }

    /**
     * An instant has its row.
     *
     * @param previous the schedule's instant before it, or null when there is none or it is not known
     */
    void settle(Instant at, @Nullable Instant previous) {
        pass(at);
        if (settled.equals(previous)) {
            settled = at;
        } else if (at.isAfter(settled)) {
            ahead.add(at);
        }
    }

    /** Everything up to a limit has its row now. */
    void settleUntil(Instant until) {
        if (until.isAfter(settled)) {
            reset(until);
        }
    }

    /**
     * Instants up to a limit without a known row, oldest first, the newest {@value #MOST_INSTANTS}; what is settled before
     * the first of them is forgotten.
     */
    List<Instant> unsettled(Schedule.Instants instants, Instant until) {
        if (settled.equals(lookedFrom) && lookedTo.isAfter(until)) {
            return List.of();
        }
        Deque<Instant> open = new ArrayDeque<>();
        Optional<Instant> next = instants.after(settled);
        while (next.isPresent() && !next.get().isAfter(until)) {
            Instant at = next.get();
            pass(at);
            if (!ahead.remove(at)) {
                open.add(at);
            } else if (open.isEmpty()) {
                settled = at;
            } else {
                ahead.add(at);
            }
            if (open.size() > MOST_INSTANTS) {
                open.removeFirst();
            }
            next = instants.after(at);
        }
        lookedFrom = settled;
        lookedTo = open.isEmpty() ? next.orElse(Instant.MAX) : settled;
        return List.copyOf(open);
    }

    private void pass(Instant at) {
        passed = at.isAfter(passed) ? at : passed;
    }
}
