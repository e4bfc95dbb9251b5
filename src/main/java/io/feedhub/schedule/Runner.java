package io.feedhub.schedule;

import io.feedhub.nodes.Slept;
import io.feedhub.schedule.Claims.Claimed;
import io.feedhub.schedule.Claims.Ended;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Runs claimed occurrences, each on a thread of its own, through the processor of the flow's route: the same way for a tick,
 * a catch-up, a run that was taken over and one that an operator asked for. Thread-safe.
 */
@Component
final class Runner {
    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final Slots slots;
    private final Claims claims;
    private final Closer closer;
    private final Limits limits;
    private final Troubles troubles;
    private final MeterRegistry meters;
    private final Map<Long, ActiveRun> active = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);
    private volatile Runnable room = () -> {};

    Runner(Slots slots, Claims claims, Closer closer, Limits limits, Troubles troubles, MeterRegistry meters) {
        this.slots = slots;
        this.claims = claims;
        this.closer = closer;
        this.limits = limits;
        this.troubles = troubles;
        this.meters = meters;
    }

    void whenRoom(Runnable told) {
        room = told;
    }

    /** Runs a claimed occurrence; the caller has taken a slot for it, which the end of the run gives back. */
    void start(Plan plan, Claimed claim) {
        ActiveRun run = begin(plan, claim, true);
        meters.timer("feedhub.occurrence.lag", "flow", claim.flow())
                .record(Duration.between(claim.at(), claim.startedAt()));
        threads.execute(() -> work(run));
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
            mark(exchange, run);
            run.begin(exchange);
        });
        return claim.isPresent();
    }

    /** The end of an exchange that has entered. */
    void left(long id, Exchange exchange) {
        ActiveRun run = active.get(id);
        if (run != null) {
            run.end();
            end(run, exchange).ifPresent(ended -> claims.close(List.of(ended)));
        }
    }

    private ActiveRun begin(Plan plan, Claimed claim, boolean slot) {
        Duration own = plan.terms().timeLimit();
        ActiveRun run = new ActiveRun(plan, claim, own == null ? limits.timeLimit() : own, slot);
        active.put(claim.run(), run);
        return run;
    }

    /** The numbers of the runs in flight. */
    Collection<Long> active() {
        return List.copyOf(active.keySet());
    }

    /** Fails what is past its time limit, and what was given up before and could not be closed yet. */
    void enforceLimits() {
        active.values().stream()
                .filter(run -> run.verdict().isPresent() || run.elapsed().compareTo(run.limit()) > 0)
                .toList()
                .forEach(run -> fail(run, "longer than its time limit of " + text(run.limit())));
    }

    /** Its slot is free at once; its row is closed when no transaction holds it. */
    private void fail(ActiveRun run, String reason) {
        Claimed claim = run.claim();
        run.giveUp(reason);
        free(run);
        String verdict = run.verdict().orElse("");
        if (claims.expire(claim.run(), claim.epoch(), verdict) && active.remove(claim.run(), run)) {
            log.warn("{}: run {} failed: {}", claim.flow(), claim.run(), verdict);
            count(claim.flow(), "failed");
        }
    }

    /** What was in flight may be somebody else's by now. Rows that are still this node's are planned again. */
    @EventListener
    void slept(Slept slept) {
        handOver("this node slept for " + slept.gap().toSeconds() + " s");
    }

    /** Gives up everything in flight, to be run again by whichever node can. */
    void handOver(String reason) {
        for (ActiveRun run : List.copyOf(active.values())) {
            active.remove(run.claim().run(), run);
            run.giveUp(reason);
            free(run);
            try {
                claims.release(run.claim().run(), run.claim().epoch(), reason);
                log.warn(
                        "{}: run {} is handed over: {}",
                        run.claim().flow(),
                        run.claim().run(),
                        reason);
            } catch (RuntimeException e) {
                log.warn(
                        "{}: run {} is left to be taken over: {}",
                        run.claim().flow(),
                        run.claim().run(),
                        reason(e));
            }
        }
    }

    void count(String flow, String outcome) {
        meters.counter("feedhub.occurrences", "flow", flow, "outcome", outcome).increment();
        troubles.touch(flow);
    }

    private void work(ActiveRun run) {
        Claimed claim = run.claim();
        Route route = run.plan().route().orElse(null);
        if (route == null || isBeingExchanged(run.plan(), route)) {
            active.remove(claim.run());
            claims.release(claim.run(), claim.epoch(), "its route was being exchanged");
            free(run);
            return;
        }
        Exchange exchange = exchange(route, run);
        try {
            run.begin(exchange);
            route.getConsumer().getProcessor().process(exchange);
        } catch (Exception e) { // Processor declares no narrower one
            exchange.setException(e);
        } finally {
            run.end();
            end(run, exchange).ifPresent(closer::add);
        }
    }

    /** An edit stops what starts runs, waits for those in flight and takes the route away: no run must begin meanwhile. */
    private static boolean isBeingExchanged(Plan plan, Route route) {
        return !plan.isPaused()
                && route.getConsumer() instanceof Suspendable
                && ServiceHelper.isSuspended(route.getConsumer());
    }

    private Exchange exchange(Route route, ActiveRun run) {
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getMessage()
                .setHeader("scheduledFireTime", Date.from(run.claim().at()));
        mark(exchange, run);
        return exchange;
    }

    private void mark(Exchange exchange, ActiveRun run) {
        Claimed claim = run.claim();
        exchange.setProperty(ClaimPolicy.RUN, claim.run());
        exchange.setProperty(ClaimPolicy.EPOCH, claim.epoch());
        exchange.setProperty(ClaimPolicy.FLOW, claim.flow());
        exchange.setProperty(ClaimPolicy.SCHEDULED_AT, claim.at().getEpochSecond());
        Consumer<String> giveUp = reason -> fail(run, reason);
        exchange.setProperty(ClaimPolicy.GIVE_UP, giveUp);
        run.tally().travelOn(exchange);
        run.steps().travelOn(exchange);
    }

    /** How a run ended; empty when it had been given up before. */
    private Optional<Ended> end(ActiveRun run, Exchange exchange) {
        free(run);
        if (!active.remove(run.claim().run(), run)) {
            return Optional.empty();
        }
        Claimed claim = run.claim();
        run.tally().countBatch(exchange);
        String error = run.verdict().orElse(reason(exchange.getException()));
        if (error != null) {
            log.warn("{}: run {} failed: {}", claim.flow(), claim.run(), error);
        }
        measure(run, error == null ? "done" : "failed");
        return Optional.of(new Ended(
                claim.run(),
                claim.epoch(),
                claim.flow(),
                run.tally(),
                run.steps().json(),
                error));
    }

    private void free(ActiveRun run) {
        if (run.releaseSlot()) {
            slots.give(run.plan());
            room.run();
        }
    }

    private void measure(ActiveRun run, String outcome) {
        String flow = run.claim().flow();
        count(flow, outcome);
        meters.counter("feedhub.items", "flow", flow, "result", "out")
                .increment(run.tally().out());
        meters.counter("feedhub.items", "flow", flow, "result", "parked")
                .increment(run.tally().parked());
        meters.timer("feedhub.run", "flow", flow).record(run.elapsed());
    }

    static @Nullable String reason(@Nullable Throwable error) {
        if (error == null) {
            return null;
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        // only the first line: PostgreSQL's further lines repeat the row
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    private static String text(Duration limit) {
        return limit.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "run-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
