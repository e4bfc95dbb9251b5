package io.feedhub.schedule;

import io.feedhub.nodes.Heartbeat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the flows' rows in {@link ScheduleTable}: who is new, up to where instants are settled, who is gone. */
@Component
final class Registrar {
    private static final Logger log = LoggerFactory.getLogger(Registrar.class);

    private final Plans plans;
    private final ScheduleTable scheduleTable;
    private final CatchUp catchUp;
    private final Gate gate;
    private final Heartbeat heartbeat;

    Registrar(Plans plans, ScheduleTable scheduleTable, CatchUp catchUp, Gate gate, Heartbeat heartbeat) {
        this.plans = plans;
        this.scheduleTable = scheduleTable;
        this.catchUp = catchUp;
        this.gate = gate;
        this.heartbeat = heartbeat;
    }

    /** Flows that are new, or have a new schedule; their ticks wait for this. */
    void register() {
        List<Plan> fresh =
                plans.all().stream().filter(plan -> !plan.isRegistered()).toList();
        if (fresh.isEmpty()) {
            return;
        }
        Map<String, ScheduleTable.Entry> before = scheduleTable.entries(fresh);
        fresh.forEach(plan -> finishOldSchedule(plan, before.get(plan.flow())));
        List<Plan.FlowTerms> said = fresh.stream().map(Plan::flowTerms).toList();
        Map<String, ScheduleTable.Entry> now = scheduleTable.register(said);
        for (Plan.FlowTerms each : said) {
            ScheduleTable.Entry entry = now.get(each.plan().flow());
            if (entry != null) { // else the database refuses it
                registered(each, entry);
            }
        }
        gate.wake();
    }

    /** A pause counts before the first tick does. */
    private void registered(Plan.FlowTerms said, ScheduleTable.Entry entry) {
        if (entry.paused()) {
            said.plan().pause(true, heartbeat.databaseTime());
        }
        said.plan().register(entry.settled(), said);
    }

    /** A flow whose schedule was changed while no node ran: up to now the old one counts. */
    private void finishOldSchedule(Plan plan, ScheduleTable.@Nullable Entry before) {
        if (before == null || before.schedule().equals(plan.schedule())) {
            return;
        }
        before.schedule().ifPresent(old -> {
            Plan past = new Plan(plan.flow(), plan.domain(), before.settled());
            past.update(plan.terms(), old);
            if (before.paused()) {
                past.pause(true, heartbeat.databaseTime());
            }
            catchUp.fill(List.of(past), heartbeat.databaseTime().minus(QuartzTicks.HEAD_START));
        });
    }

    /** Writes down up to where instants are settled, and forgets flows that are gone. */
    void note() {
        List<Plan.Note> news =
                plans.all().stream().map(Plan::news).flatMap(Optional::stream).toList();
        scheduleTable.settle(news);
        news.forEach(note -> note.plan().noted(note.until()));
        for (Plan gone : plans.gone()) {
            if (scheduleTable.forget(gone.flow())) {
                plans.forget(gone);
            }
        }
        int deleted = scheduleTable.forgetDeleted(plans.all());
        if (deleted > 0) {
            log.info("forgot the schedules of {} flows that were deleted while no node ran them", deleted);
        }
    }
}
