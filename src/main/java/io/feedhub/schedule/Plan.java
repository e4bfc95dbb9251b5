package io.feedhub.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * One flow that this node could run, and what this node knows of its instants. It outlives edits: the route, the terms and
 * the schedule change, what is settled stays. Thread-safe.
 */
final class Plan {
    private final String flow;
    private final String domain;
    private Terms terms = Terms.DEFAULT;
    private @Nullable Route route;
    private @Nullable Schedule schedule;
    private Schedule.@Nullable Instants instants;
    private boolean registered;
    private boolean paused;
    private Instant openedAt;
    private Instant stoppedAt;

    /** Until when a pause lasted; what came before is no node's fault. */
    private Instant resumedAt = Instant.MIN;

    private final Watermark mark;

    Plan(String flow, String domain, Instant born) {
        this.flow = flow;
        this.domain = domain;
        this.mark = new Watermark(born);
        this.openedAt = born;
        this.stoppedAt = born;
    }

    String flow() {
        return flow;
    }

    String domain() {
        return domain;
    }

    synchronized Terms terms() {
        return terms;
    }

    synchronized Optional<Route> route() {
        return Optional.ofNullable(route);
    }

    synchronized Optional<Schedule> schedule() {
        return Optional.ofNullable(schedule);
    }

    /** A route of this flow has started. */
    synchronized void routeStarted(Route started) {
        route = started;
    }

    /** What the flow's newest route says, perhaps another schedule than the one before. */
    synchronized void update(Terms said, @Nullable Schedule planned) {
        if (planned == null || !planned.equals(schedule)) {
            schedule = planned;
            instants = planned == null ? null : planned.instants();
            registered = false;
        }
        registered &= said.equals(terms); // the database has them too: takeovers and judgements read them there
        terms = said;
    }

    /** The route has stopped; another one may have started meanwhile. */
    synchronized void routeStopped(Route stopped, Instant now) {
        if (route == stopped) {
            route = null;
            stoppedAt = now;
        }
    }

    /** Whether the flow has had no route since before an instant. */
    synchronized boolean hasBeenStoppedSince(Instant instant) {
        return route == null && stoppedAt.isBefore(instant);
    }

    /** An edit stops what starts runs, waits for those in flight and takes the route away: no run must begin meanwhile. */
    synchronized boolean isBeingExchanged() {
        return !paused
                && route != null
                && route.getConsumer() instanceof Suspendable
                && ServiceHelper.isSuspended(route.getConsumer());
    }

    /** What the database is to have of the flow, all of one moment. */
    synchronized FlowTerms flowTerms() {
        return new FlowTerms(this, terms, schedule);
    }

    /** The same, unless the flow says something else by now: that is still to be written down. */
    synchronized void register(Instant settledUntil, FlowTerms written) {
        if (written.equals(flowTerms())) {
            register(settledUntil);
        }
    }

    /** The database has the flow's row: up to where its instants are settled. */
    synchronized void register(Instant settledUntil) {
        mark.reset(settledUntil);
        registered = true;
    }

    synchronized boolean isRegistered() {
        return registered;
    }

    /** Pauses or resumes; true when that is a change. */
    synchronized boolean pause(boolean wanted, Instant now) {
        boolean change = paused != wanted;
        paused = wanted;
        if (change && !wanted) {
            openedAt = now;
            resumedAt = now;
        }
        return change;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    /** Whether the flow is paused, or was when an instant came. */
    synchronized boolean wasPausedAt(Instant at) {
        return paused || !at.isAfter(resumedAt);
    }

    /** When this node, or an operator, last let the flow run. What was due before is for the catch-up. */
    synchronized Instant openedAt() {
        return openedAt;
    }

    /** Whether a tick is to be forgotten: its instant has its row, or is a matter for the catch-up. */
    synchronized boolean refuses(Instant at) {
        return registered && (paused || !at.isAfter(mark.settled()) || at.isBefore(openedAt));
    }

    /** Whether ticks can be claimed now; while the route is being exchanged they wait. */
    synchronized boolean isReady() {
        return registered && route != null;
    }

    synchronized Instant settled() {
        return mark.settled();
    }

    /** Up to where instants are settled; empty when none has passed since the database was last told. */
    synchronized Optional<Note> news() {
        return registered && schedule != null && mark.isNews()
                ? Optional.of(new Note(this, schedule, mark.settled()))
                : Optional.empty();
    }

    /** The database was told. */
    synchronized void noted(Instant until) {
        mark.noted(until);
    }

    /** An instant has its row. */
    synchronized void settle(Instant at, @Nullable Instant previous) {
        mark.settle(at, previous);
    }

    /**
     * Instants up to a limit that this node knows no row of, oldest first, the newest {@value Watermark#MOST_INSTANTS}; what
     * is settled before the first of them is forgotten.
     */
    synchronized List<Instant> unsettled(Instant until) {
        return instants == null ? List.of() : mark.unsettled(instants, until);
    }

    /** Everything up to a limit has its row now. */
    synchronized void settleUntil(Instant until) {
        mark.settleUntil(until);
    }

    /** What a flow's newest route says of when and how it runs. */
    record FlowTerms(Plan plan, Terms terms, @Nullable Schedule schedule) {}

    /**
     * What the database is to know of a flow for a start after every node was down.
     *
     * @param until every instant of the schedule up to here has its row
     */
    record Note(Plan plan, Schedule schedule, Instant until) {}
}
