package io.feedhub.schedule;

import io.feedhub.nodes.Heartbeat;
import io.feedhub.schedule.Gaps.Filled;
import io.feedhub.schedule.Gaps.Gap;
import io.feedhub.schedule.Gaps.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** Sees to instants that passed without a row: {@link Gaps} has what becomes of them. */
@Component
final class CatchUp {
    /** After a start, an outage or a pause: what is in flight has settled, so that one decision covers the whole gap. */
    static final Duration SETTLED = Duration.ofSeconds(8);

    private static final int MANY = 10_000;
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private final Plans plans;
    private final Gaps gaps;
    private final RunMeters meters;
    private final Heartbeat heartbeat;
    private final ApplicationAvailability availability;
    private final Duration settled;

    @Autowired
    CatchUp(Plans plans, Gaps gaps, RunMeters meters, Heartbeat heartbeat, ApplicationAvailability availability) {
        this(plans, gaps, meters, heartbeat, availability, SETTLED);
    }

    CatchUp(
            Plans plans,
            Gaps gaps,
            RunMeters meters,
            Heartbeat heartbeat,
            ApplicationAvailability availability,
            Duration settled) {
        this.plans = plans;
        this.gaps = gaps;
        this.meters = meters;
        this.heartbeat = heartbeat;
        this.availability = availability;
        this.settled = settled;
    }

    /**
     * Fills the gaps of every flow; not before this node has been heard for a while, since its peers may know better, and not
     * while its flows are being loaded or its runs drained: then the gaps are one and the work can wait.
     */
    void fillGaps() {
        Instant until = heartbeat.databaseTime().minus(settled);
        if (heartbeat.heardSince().isAfter(until)
                || availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return;
        }
        List<Plan> ready = plans.all().stream()
                .filter(plan -> plan.isRegistered() && plan.openedAt().isBefore(until))
                .filter(plan ->
                        plan.route().isPresent()) // else its file was deleted, or its routes are being exchanged
                .toList();
        fill(ready, until);
        ready.forEach(plan -> plan.settleUntil(until));
    }

    /** Gives each instant of these flows up to a limit its row. After a long outage not those of all flows in one go. */
    void fill(List<Plan> flows, Instant until) {
        List<Gaps.Open> unknown = new ArrayList<>();
        for (Plan plan : flows) {
            plan.unsettled(until).forEach(at -> unknown.add(new Gaps.Open(plan, at)));
            if (unknown.size() > MANY) {
                fill(unknown);
                unknown.clear();
            }
        }
        fill(unknown);
    }

    private void fill(List<Gaps.Open> unknown) {
        List<Gap> found = gaps.unrecorded(unknown).stream()
                .collect(Collectors.groupingBy(Gaps.Open::plan, Collectors.mapping(Gaps.Open::at, Collectors.toList())))
                .entrySet()
                .stream()
                .map(gap -> gap(gap.getKey(), gap.getValue()))
                .toList();
        if (!found.isEmpty()) {
            Filled filled = gaps.record(found, heartbeat.databaseTime());
            filled.ended().forEach(ended -> meters.count(ended.flow(), ended.outcome()));
            filled.rows().stream().collect(Collectors.groupingBy(Row::plan)).forEach(this::tell);
        }
    }

    private static Gap gap(Plan plan, List<Instant> instants) {
        if (plan.wasPausedAt(instants.get(instants.size() - 1))) {
            return new Gap(plan, instants, RunOutcome.SKIPPED, "the flow was paused");
        }
        String label = plan.terms().runsOn();
        String node = label == null ? "no node " : "no node with the label " + label + " ";
        return new Gap(plan, instants, RunOutcome.MISSED, node + "ran it at its time");
    }

    /** One line for each flow, however long the outage was. */
    private void tell(Plan plan, List<Row> rows) {
        List<Row> over =
                rows.stream().filter(row -> row.outcome() != RunOutcome.PLANNED).toList();
        over.forEach(row -> meters.count(plan.flow(), row.outcome()));
        Row last = rows.get(rows.size() - 1);
        log.warn(
                "{}: of {} occurrences until {} that have no run, {} are to be run now: {}",
                plan.flow(),
                rows.size(),
                last.at(),
                rows.size() - over.size(),
                last.reason());
    }
}
