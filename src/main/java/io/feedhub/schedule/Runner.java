package io.feedhub.schedule;

import io.feedhub.database.Reason;
import io.feedhub.schedule.Claims.Claimed;
import io.feedhub.schedule.Endings.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Runs claimed occurrences, each on a thread of its own, through the processor of the flow's route: the same way for a tick,
 * a catch-up, a run that was taken over and one that an operator asked for. Thread-safe.
 */
@Component
final class Runner {
    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final Claims claims;
    private final InFlight inFlight;
    private final Closer closer;
    private final Limits limits;
    private final RunMeters meters;
    private final RunExchanges exchanges;
    private final ExecutorService threads = Executors.newCachedThreadPool(threads());

    Runner(Claims claims, InFlight inFlight, Closer closer, Limits limits, RunMeters meters, RunExchanges exchanges) {
        this.claims = claims;
        this.inFlight = inFlight;
        this.closer = closer;
        this.limits = limits;
        this.meters = meters;
        this.exchanges = exchanges;
    }

    /** Runs a claimed occurrence; the caller has taken a slot for it, which the end of the run gives back. */
    void start(Plan plan, Claimed claim) {
        ActiveRun run = begin(plan, claim, true);
        meters.claimed(claim);
        try {
            threads.execute(() -> work(run));
        } catch (Throwable e) { // no thread is to be had
            inFlight.handOver(run, "its node had no thread for it: " + Reason.of(e));
            throw e;
        }
    }

    /**
     * Makes a run of an exchange that something else than the schedule has started, such as an HTTP call. It must be
     * {@link #left}.
     *
     * @return whether it may go on; false when its instant is taken
     */
    boolean enter(Plan plan, Exchange exchange, @Nullable Instant at) {
        Optional<Claimed> claim = claims.enter(plan.flow(), at);
        claim.ifPresent(won -> {
            ActiveRun run = begin(plan, won, false);
            exchanges.mark(exchange, run);
            run.begin(exchange);
        });
        return claim.isPresent();
    }

    /** The end of an exchange that has entered. */
    void left(long id, Exchange exchange) {
        inFlight.find(id).ifPresent(run -> {
            run.end();
            closer.expect(id);
            end(run, exchange).ifPresentOrElse(closer::addNow, () -> closer.forget(id));
        });
    }

    private ActiveRun begin(Plan plan, Claimed claim, boolean slot) {
        Duration own = plan.terms().timeLimit();
        ActiveRun run = new ActiveRun(plan, claim, own == null ? limits.timeLimit() : own, slot);
        inFlight.add(run);
        return run;
    }

    private void work(ActiveRun run) {
        Route route = run.plan().route().orElse(null);
        if (route == null || run.plan().isBeingExchanged()) {
            inFlight.handOver(run, "its route was being exchanged");
            return;
        }
        Exchange exchange;
        try {
            exchange = exchanges.begin(route, run);
        } catch (RuntimeException | Error e) { // no memory, say: nobody else would give its slot back
            log.error(
                    "{}: run {} could not begin",
                    run.claim().flow(),
                    run.claim().run(),
                    e);
            cannotBegin(run, "its node could not begin it: " + Reason.of(e));
            return;
        }
        process(route, run, exchange);
    }

    private void process(Route route, ActiveRun run, Exchange exchange) {
        try {
            run.begin(exchange);
            route.getConsumer().getProcessor().process(exchange);
        } catch (Throwable e) { // an error too: a step that recurses without end is the flow's
            exchange.setException(e);
            RunExchanges.leave(exchange);
        } finally {
            run.end();
            Exception thrown = exchange.getException();
            if (isTakenOut(route, thrown) && run.mayBeGivenBack()) {
                inFlight.handOver(run, "its route was taken out");
            } else if (Outage.isBehind(thrown) && run.mayBeGivenBack()) {
                inFlight.handOver(run, "the database went away: " + Reason.of(thrown));
            } else {
                close(run, exchange);
            }
        }
    }

    /** Camel lets nothing go on in a route that it stops. */
    private static boolean isTakenOut(Route route, @Nullable Throwable thrown) {
        return thrown instanceof RejectedExecutionException && !ServiceHelper.isStarted(route.getConsumer());
    }

    /** Not for ever: the fault may be the flow's. */
    private void cannotBegin(ActiveRun run, String reason) {
        if (run.mayBeGivenBack()) {
            inFlight.handOver(run, reason);
        } else {
            inFlight.fail(run, reason);
        }
    }

    private void close(ActiveRun run, Exchange exchange) {
        closer.expect(run.claim().run());
        end(run, exchange)
                .ifPresentOrElse(closer::add, () -> closer.forget(run.claim().run()));
    }

    /** How a run ended; empty when it had been given up before. */
    private Optional<Ended> end(ActiveRun run, Exchange exchange) {
        if (!inFlight.remove(run)) {
            return Optional.empty();
        }
        Exception thrown = exchange.getException();
        try {
            run.tally().countBatch(exchange);
            return Optional.of(ended(run, thrown));
        } catch (RuntimeException | Error e) { // counts that are no numbers, say: its flow must not stay busy
            return Optional.of(ended(run, thrown == null ? e : thrown));
        }
    }

    private Ended ended(ActiveRun run, @Nullable Throwable thrown) {
        Claimed claim = run.claim();
        String error = run.verdict().orElse(thrown == null ? null : Reason.of(thrown));
        if (error != null) {
            log.warn("{}: run {} failed: {}", claim.flow(), claim.run(), error);
        }
        Ended ended = new Ended(
                claim.run(),
                claim.epoch(),
                claim.flow(),
                run.tally(),
                run.steps().taken(),
                error);
        meters.ended(run, ended.outcome());
        return ended;
    }

    private static ThreadFactory threads() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("run-");
        threads.setDaemon(true);
        return threads;
    }
}
