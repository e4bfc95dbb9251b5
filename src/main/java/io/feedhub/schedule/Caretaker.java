package io.feedhub.schedule;

import io.feedhub.nodes.Heartbeat;
import io.feedhub.schedule.Claims.Planned;
import io.feedhub.schedule.Claims.TakenOver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Once a second: what no tick does. Flows are registered, runs past their limit ended, runs of dead nodes taken over, gaps
 * in the ledger filled, and what is planned is run. Every node does so; PostgreSQL sees to it that each thing is done once.
 */
@Component
final class Caretaker implements Runnable {
    /** After a start, an outage or a pause: what is in flight has settled, so that one decision covers the whole gap. */
    static final Duration SETTLED = Duration.ofSeconds(8);

    private static final Logger log = LoggerFactory.getLogger(Caretaker.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int NOTE_EVERY = 10;

    private final Plans plans;
    private final Rota rota;
    private final Pauses pauses;
    private final Gaps gaps;
    private final Claims claims;
    private final Slots slots;
    private final Runner runner;
    private final Gate gate;
    private final Heartbeat heartbeat;
    private final Semaphore work = new Semaphore(0);
    private int rounds;

    Caretaker(
            Plans plans,
            Rota rota,
            Pauses pauses,
            Gaps gaps,
            Claims claims,
            Slots slots,
            Runner runner,
            Gate gate,
            Heartbeat heartbeat) {
        this.plans = plans;
        this.rota = rota;
        this.pauses = pauses;
        this.gaps = gaps;
        this.claims = claims;
        this.slots = slots;
        this.runner = runner;
        this.gate = gate;
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
        attempt("the time limits", runner::enforceLimits);
        attempt("the flows' schedules", this::register);
        attempt("the pauses", pauses::apply);
        attempt("dead nodes' runs", this::takeOver);
        attempt("the gaps", this::fillGaps);
        attempt("what is planned", this::runPlanned);
        if (rounds++ % NOTE_EVERY == 0) {
            attempt("what is settled", this::note);
        }
    }

    /** A step that fails must not keep the others from being done. */
    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (DataAccessException e) {
            log.warn("{} wait for the database: {}", what, Runner.reason(e));
        } catch (RuntimeException e) {
            log.error("{} could not be seen to", what, e);
        }
    }

    private void register() {
        List<Plan> fresh =
                plans.all().stream().filter(plan -> !plan.isRegistered()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        Map<String, Rota.Entry> before = rota.entries(fresh);
        fresh.forEach(plan -> finishOldSchedule(plan, before.get(plan.flow())));
        Map<String, Instant> settled = rota.register(fresh);
        fresh.forEach(plan -> plan.register(settled.getOrDefault(plan.flow(), plan.openedAt())));
        gate.wake();
    }

    /** A flow whose schedule was changed while no node ran: up to now the old one counts. */
    private void finishOldSchedule(Plan plan, Rota.@Nullable Entry before) {
        if (before == null || before.schedule().equals(plan.schedule())) {
            return;
        }
        before.schedule().ifPresent(old -> {
            Plan past = new Plan(plan.flow(), plan.domain(), before.settled());
            past.follow(plan.terms(), old);
            gaps.unrecorded(open(past, heartbeat.databaseTime().minus(SETTLED))).stream()
                    .collect(Collectors.groupingBy(Gaps.Open::plan))
                    .forEach(this::fill);
        });
    }

    private void takeOver() {
        for (TakenOver run : claims.takeOver(runner.active())) {
            log.warn("{}: run {} of node {} is {}", run.flow(), run.run(), run.node(), run.outcome());
            if (run.outcome().equals("failed")) {
                runner.count(run.flow(), "failed");
            }
        }
    }

    private void fillGaps() {
        Instant until = heartbeat.databaseTime().minus(SETTLED);
        if (heartbeat.heardSince().isAfter(until)) {
            return;
        }
        List<Plan> ready = plans.all().stream()
                .filter(plan -> plan.isRegistered() && plan.openedAt().isBefore(until))
                .filter(plan ->
                        plan.route().isPresent()) // else its file was deleted, or its routes are being exchanged
                .toList();
        List<Gaps.Open> unknown =
                ready.stream().flatMap(plan -> open(plan, until).stream()).toList();
        gaps.unrecorded(unknown).stream()
                .collect(Collectors.groupingBy(Gaps.Open::plan))
                .forEach(this::fill);
        ready.forEach(plan -> plan.settleUntil(until));
    }

    private static List<Gaps.Open> open(Plan plan, Instant until) {
        return plan.unsettled(until).stream().map(at -> new Gaps.Open(plan, at)).toList();
    }

    private void fill(Plan plan, List<Gaps.Open> unrecorded) {
        List<Instant> open = unrecorded.stream().map(Gaps.Open::at).toList();
        String label = plan.terms().runsOn();
        String outcome = plan.isPaused() ? "skipped" : "missed";
        String why = plan.isPaused()
                ? "the flow was paused"
                : "no node " + (label == null ? "" : "with the label " + label + " ") + "ran it at its time";
        for (Gaps.Row row : gaps.record(plan, open, outcome, why, heartbeat.databaseTime())) {
            runner.count(plan.flow(), row.outcome());
            log.warn("{}: the occurrence of {} is {}: {}", plan.flow(), row.at(), row.outcome(), row.reason());
        }
    }

    private void runPlanned() {
        Instant now = heartbeat.databaseTime();
        for (Planned planned : claims.due()) {
            plans.find(planned.flow())
                    .filter(plan -> plan.route().isPresent() && plans.mayRun(plan))
                    .filter(plan -> planned.manual() || isOpen(plan, now))
                    .ifPresent(plan -> take(plan, planned));
        }
    }

    /** Shortly after a pause it is not yet clear which of the paused instants is the newest. */
    private static boolean isOpen(Plan plan, Instant now) {
        return !plan.isPaused() && plan.openedAt().isBefore(now.minus(SETTLED).minus(EVERY));
    }

    private void take(Plan plan, Planned planned) {
        if (slots.tryTake(plan)) {
            claims.take(planned.run()).ifPresentOrElse(claimed -> runner.start(plan, claimed), () -> slots.give(plan));
        }
    }

    private void note() {
        rota.settle(plans.all().stream()
                .filter(plan -> plan.isRegistered() && plan.schedule().isPresent())
                .toList());
        for (Plan gone : plans.gone()) {
            rota.forget(gone.flow());
            plans.forget(gone);
        }
    }
}
