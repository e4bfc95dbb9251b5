package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.nodes.Slept;
import io.feedhub.schedule.Claims.Claimed;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The runs in flight on this node, and the two ways in which they are cut short: a run that takes too long fails, and what
 * this node must not go on with is handed over. Thread-safe.
 */
@Component
final class InFlight {
    private static final Logger log = LoggerFactory.getLogger(InFlight.class);

    private final Map<Long, ActiveRun> active = new ConcurrentHashMap<>();
    private final Endings endings;
    private final Slots slots;
    private final RunMeters meters;
    private volatile Runnable room = () -> {};

    InFlight(Endings endings, Slots slots, RunMeters meters) {
        this.endings = endings;
        this.slots = slots;
        this.meters = meters;
    }

    /** Who is told whenever a run gives its slot back. */
    void whenRoom(Runnable told) {
        room = told;
    }

    void add(ActiveRun run) {
        active.put(run.claim().run(), run);
    }

    Optional<ActiveRun> find(long run) {
        return Optional.ofNullable(active.get(run));
    }

    /**
     * Takes a run out; its slot is free.
     *
     * @return false when it had been given up before: how it ended is then decided already
     */
    boolean remove(ActiveRun run) {
        free(run);
        return active.remove(run.claim().run(), run);
    }

    boolean isOn(String flow) {
        return active.values().stream().anyMatch(run -> run.claim().flow().equals(flow));
    }

    /** The numbers of the runs in flight. */
    Collection<Long> numbers() {
        return List.copyOf(active.keySet());
    }

    /** Fails what is past its time limit, and what was given up before and could not be closed yet. */
    void enforceLimits() {
        List<ActiveRun> overdue = active.values().stream()
                .filter(run -> run.verdict().isPresent() || run.elapsed().compareTo(run.limit()) > 0)
                .toList();
        overdue.forEach(run -> stop(run, "longer than its time limit of " + text(run.limit())));
        overdue.forEach(this::close); // later, since each statement may wait for a database that is away
    }

    /** Ends a run as failed. Its slot is free at once; its row is closed when no transaction holds it. */
    void fail(ActiveRun run, String reason) {
        stop(run, reason);
        close(run);
    }

    private void stop(ActiveRun run, String reason) {
        run.giveUp(reason);
        free(run);
    }

    private void close(ActiveRun run) {
        Claimed claim = run.claim();
        String verdict = run.verdict().orElse("");
        if (endings.expire(claim.run(), claim.epoch(), verdict) && active.remove(claim.run(), run)) {
            log.warn("{}: run {} failed: {}", claim.flow(), claim.run(), verdict);
            meters.count(claim.flow(), RunOutcome.FAILED);
        }
    }

    /** What was in flight may be somebody else's by now. Rows that are still this node's are planned again. */
    @EventListener
    void slept(Slept slept) {
        handOver("this node slept for " + slept.gap().toSeconds() + " s");
    }

    /** Gives up everything in flight, to be run again by whichever node can. */
    void handOver(String reason) {
        List<ActiveRun> all = active.values().stream()
                .filter(run -> giveUp(run, reason)) // first, as above
                .toList();
        for (ActiveRun run : all) {
            if (!release(run, reason)) {
                return; // the database is away: the others are left to be taken over
            }
        }
    }

    /** Gives up one run. */
    void handOver(ActiveRun run, String reason) {
        if (giveUp(run, reason)) {
            release(run, reason);
        }
    }

    /** @return false when it has ended meanwhile */
    private boolean giveUp(ActiveRun run, String reason) {
        if (!active.remove(run.claim().run(), run)) {
            return false;
        }
        run.giveUp(reason);
        free(run);
        return true;
    }

    /** @return false when the database did not take it */
    private boolean release(ActiveRun run, String reason) {
        Claimed claim = run.claim();
        try {
            if (run.mayRunAgain()) {
                boolean released = endings.release(claim.run(), claim.epoch(), reason);
                String what = released ? "handed over" : "left to be taken over";
                log.warn("{}: run {} is {}: {}", claim.flow(), claim.run(), what, reason);
            } else if (endings.expire(claim.run(), claim.epoch(), reason + ", and it is not run again")) {
                log.warn("{}: run {} failed: {}, and it is not run again", claim.flow(), claim.run(), reason);
                meters.count(claim.flow(), RunOutcome.FAILED);
            }
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.warn("{}: run {} is left to be taken over: {}", claim.flow(), claim.run(), Reason.of(e));
            return false;
        } catch (RuntimeException e) {
            log.error("{}: run {} is left to be taken over", claim.flow(), claim.run(), e);
            return false;
        }
    }

    private void free(ActiveRun run) {
        if (run.releaseSlot()) {
            slots.give(run.plan());
            room.run();
        }
    }

    private static String text(Duration limit) {
        return limit.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
