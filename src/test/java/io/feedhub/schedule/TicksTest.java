package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.nodes.Heartbeat;
import io.feedhub.nodes.SetBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** The way of a tick from Quartz to a run, on machines whose clocks are wrong or are set. */
class TicksTest {
    private static final String FLOW =
            """
            - route:
                id: %1$s
                nodePrefixId: %1$s-
                group: design
                description: Comes at New Year
                note: |-
                  when   once a year
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:design/%1$s
                  parameters:
                    cron: "0 0 0 1 1 ?"
                  steps:
                    - setBody: { constant: happy }
            """;

    @TempDir
    private static Path routes;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        Path domain = Files.createDirectories(routes.resolve("design"));
        for (String flow : List.of("early", "late", "waits", "paused")) {
            Files.writeString(domain.resolve(flow + ".yaml"), FLOW.formatted(flow));
        }
        hub = new RunningHub(routes, Map.of("test.ticks", true));
        Awaitility.await().until(() -> hub.bean(Plans.class).all().stream().allMatch(Plan::isReady));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /**
     * The claim's own statement allows two seconds, so that only the gate can keep a tick until its time. What this machine
     * takes for the database's time may be wrong by a part of a second.
     */
    @Test
    void aTickFromAClockThatIsAheadWaitsForItsTime() {
        Instant at = time().plusMillis(1500);
        tick("early", at);
        Awaitility.await().until(() -> runs("early") == 1);
        assertThat(started("early")).isBetween(at.minusMillis(1000), at.plusSeconds(5));
    }

    @Test
    void aTickThatCameTooLateIsLeftToTheCatchUp() {
        Plan plan = hub.bean(Plans.class).find("late").orElseThrow();
        Awaitility.await().until(() -> !plan.refuses(tooLate())); // what was before the hub's start is refused anyway
        tick("late", tooLate());
        Instant at = time();
        tick("late", at); // behind the other one, so that it has been looked at when this one has run
        Awaitility.await().until(() -> runs("late") > 0);
        assertThat(instants("late")).containsExactly(at);
    }

    @Test
    void whenAClockIsSetBackEachTriggerBeginsAnewAndWhatWasPausedStaysPaused() throws SchedulerException {
        Scheduler scheduler = scheduler();
        TriggerKey waits = trigger(scheduler, "waits");
        TriggerKey paused = trigger(scheduler, "paused");
        scheduler.pauseTrigger(paused);
        Date nextYear = scheduler.getTrigger(waits).getNextFireTime();
        for (TriggerKey key : List.of(waits, paused)) { // as they stand when the clock showed a time years ahead
            Trigger ahead = scheduler
                    .getTrigger(key)
                    .getTriggerBuilder()
                    .startAt(Date.from(Instant.now().plus(Duration.ofDays(1000))))
                    .build();
            scheduler.rescheduleJob(key, ahead);
        }
        scheduler.pauseTrigger(paused);
        hub.publish(new SetBack(Duration.ofDays(1000)));
        assertThat(scheduler.getTrigger(waits).getNextFireTime()).isEqualTo(nextYear);
        assertThat(scheduler.getTrigger(paused).getNextFireTime()).isEqualTo(nextYear);
        assertThat(scheduler.getTriggerState(waits)).isEqualTo(TriggerState.NORMAL);
        assertThat(scheduler.getTriggerState(paused)).isEqualTo(TriggerState.PAUSED);
    }

    private static Instant tooLate() {
        return time().minus(Gate.LATE).minusMillis(500);
    }

    /** What PostgreSQL can keep of the time that nodes share. */
    private static Instant time() {
        return hub.bean(Heartbeat.class).databaseTime().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void tick(String flow, Instant at) {
        Plan plan = hub.bean(Plans.class).find(flow).orElseThrow();
        hub.bean(Gate.class).offer(new Tick(plan, at, null));
    }

    private static long runs(String flow) {
        return instants(flow).size();
    }

    private static List<Instant> instants(String flow) {
        return times("select scheduled_at from feedhub.occurrence where flow = ?", flow);
    }

    private static Instant started(String flow) {
        return times("select started_at from feedhub.occurrence where flow = ?", flow)
                .get(0);
    }

    private static List<Instant> times(String query, String flow) {
        return hub.database().sql(query).param(flow).query(Timestamp.class).list().stream()
                .map(Timestamp::toInstant)
                .toList();
    }

    private static Scheduler scheduler() {
        return hub.bean(CamelContext.class)
                .getComponent("quartz", QuartzComponent.class)
                .getScheduler();
    }

    private static TriggerKey trigger(Scheduler scheduler, String flow) throws SchedulerException {
        return scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup()).stream()
                .filter(key -> key.getName().equals(flow))
                .findFirst()
                .orElseThrow();
    }
}
