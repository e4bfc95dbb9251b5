package io.feedhub.schedule;

import io.feedhub.nodes.Heartbeat;
import io.feedhub.schedule.Claims.Claimed;
import io.feedhub.schedule.Claims.Planned;
import io.feedhub.schedule.Endings.Abandoned;
import io.feedhub.schedule.Endings.TakenOver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What is to be run by whichever node can: catch-ups, what operators asked for, and what dead nodes had in flight. */
@Component
final class PlannedRuns {
    private static final Logger log = LoggerFactory.getLogger(PlannedRuns.class);
    private static final int BATCH = 16;
    private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(2);

    private final Plans plans;
    private final Claims claims;
    private final Endings endings;
    private final Slots slots;
    private final Runner runner;
    private final InFlight inFlight;
    private final Closer closer;
    private final RunMeters meters;
    private final Heartbeat heartbeat;
    private final Map<Plan, Instant> exchanged = new ConcurrentHashMap<>();

    PlannedRuns(
            Plans plans,
            Claims claims,
            Endings endings,
            Slots slots,
            Runner runner,
            InFlight inFlight,
            Closer closer,
            RunMeters meters,
            Heartbeat heartbeat) {
        this.plans = plans;
        this.claims = claims;
        this.endings = endings;
        this.slots = slots;
        this.runner = runner;
        this.inFlight = inFlight;
        this.closer = closer;
        this.meters = meters;
        this.heartbeat = heartbeat;
    }

    /**
     * Takes the runs of nodes that are dead or have left. Whether a peer is dead this node knows only when it was heard itself
     * for a while: after an outage of the database all are silent.
     */
    void takeOver() {
        List<Long> mine = new ArrayList<>(inFlight.numbers());
        mine.addAll(closer.numbers()); // in this order, since an end goes from the one to the other
        boolean knowsPeers =
                heartbeat.heardSince().isBefore(heartbeat.databaseTime().minus(CatchUp.SETTLED));
        for (TakenOver run : endings.takeOver(mine, knowsPeers)) {
            log.warn("{}: run {} of node {} is {}", run.flow(), run.run(), run.node(), run.outcome());
            if (run.outcome() == RunOutcome.FAILED) {
                meters.count(run.flow(), RunOutcome.FAILED);
            }
        }
    }

    /** Runs what is due and has room here, a few at a time. What cannot begin is left: each beginning counts. */
    void run() {
        Instant now = heartbeat.databaseTime();
        Map<Planned, Plan> batch = new LinkedHashMap<>();
        List<Planned> due = claims.due();
        abandon(due.stream().map(Planned::flow).filter(this::hasNoRoute).toList());
        for (Planned planned : due) {
            plans.find(planned.flow())
                    .filter(plan -> plan.route().isPresent() && !isHeldUp(plan, now) && plans.mayRun(plan))
                    .filter(plan -> planned.manual() || isOpen(plan, now))
                    .filter(slots::tryTake)
                    .ifPresent(plan -> batch.put(planned, plan));
            if (batch.size() == BATCH) {
                take(batch);
                batch.clear();
            }
        }
        take(batch);
    }

    /** By an edit; a route that is suspended for longer is so by somebody's hand, and its runs end by saying so. */
    private boolean isHeldUp(Plan plan, Instant now) {
        if (!plan.isBeingExchanged()) {
            exchanged.remove(plan);
            return false;
        }
        return exchanged.computeIfAbsent(plan, begun -> now).isAfter(now.minus(LONGEST_EXCHANGE));
    }

    private boolean hasNoRoute(String flow) {
        return plans.find(flow).flatMap(Plan::route).isEmpty();
    }

    private void abandon(List<String> homeless) {
        if (homeless.isEmpty()) {
            return;
        }
        for (Abandoned run : endings.abandonDeleted(homeless)) {
            log.warn("{}: what was planned is {}, for the flow was deleted", run.flow(), run.outcome());
            meters.count(run.flow(), run.outcome());
        }
    }

    /** Shortly after a pause it is not yet clear which of the paused instants is the newest. */
    private static boolean isOpen(Plan plan, Instant now) {
        return !plan.isPaused()
                && plan.openedAt().isBefore(now.minus(CatchUp.SETTLED).minus(Caretaker.EVERY));
    }

    private void take(Map<Planned, Plan> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) { // the hub stops
            batch.values().forEach(slots::give);
            return;
        }
        Map<String, Plan> left = new HashMap<>();
        batch.forEach((planned, plan) -> left.put(planned.flow(), plan));
        try {
            for (Claimed claimed : claims.take(List.copyOf(batch.keySet()))) {
                runner.start(Objects.requireNonNull(left.remove(claimed.flow()), claimed.flow()), claimed);
            }
        } finally {
            left.values().forEach(slots::give);
        }
    }
}
