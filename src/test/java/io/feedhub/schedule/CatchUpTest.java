package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.TestDatabase;
import io.feedhub.nodes.Heartbeat;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When gaps are filled, in a hub that runs. */
class CatchUpTest {
    /** Sooner than the hub itself, so that it fills no gap before the test. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private static final String FLOW =
            """
            - route:
                id: minutely
                nodePrefixId: minutely-
                group: design
                description: Beats
                note: |-
                  when   every minute
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                routeProperty:
                  - key: catchUp
                    value: skip
                from:
                  uri: quartz:design/minutely
                  parameters:
                    cron: "0 * * * * ?"
                  steps:
                    - setBody: { constant: beat }
            """;

    @TempDir
    private Path routes;

    @Test
    void aGapWaitsWhileTheHubTakesNoTrafficAndThenHasTheSameRows() throws IOException {
        Files.writeString(Files.createDirectories(routes.resolve("design")).resolve("minutely.yaml"), FLOW);
        try (RunningHub hub = new RunningHub(routes, Map.of("test.ticks", true))) {
            Plan plan = hub.bean(Plans.class).find("minutely").orElseThrow();
            Awaitility.await().until(plan::isRegistered);
            CatchUp catchUp = new CatchUp(
                    hub.bean(Plans.class),
                    hub.bean(Gaps.class),
                    hub.bean(RunMeters.class),
                    hub.bean(Heartbeat.class),
                    hub.bean(ApplicationAvailabilityBean.class),
                    SETTLED);
            ready(hub, ReadinessState.REFUSING_TRAFFIC);
            Instant from = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(10));
            plan.register(from);
            Awaitility.await().until(() -> isHeardForLong(hub, plan));
            catchUp.fillGaps();
            assertThat(missed(hub)).isEmpty();
            assertThat(plan.settled()).isEqualTo(from);
            ready(hub, ReadinessState.ACCEPTING_TRAFFIC);
            catchUp.fillGaps();
            assertThat(missed(hub)).startsWith(minutesAfter(from));
        }
    }

    /** Else nobody is told of a flow that no node may run. */
    @Test
    void whatIsRecordedIsCountedAsItIsAndWhatIsPlannedWhenItEnds() throws IOException {
        String homeless = FLOW.replace("value: skip", "value: once\n      - { key: runsOn, value: nowhere }");
        Files.writeString(Files.createDirectories(routes.resolve("design")).resolve("minutely.yaml"), homeless);
        try (RunningHub hub = new RunningHub(routes, Map.of("test.ticks", true))) {
            Plan plan = hub.bean(Plans.class).find("minutely").orElseThrow();
            Awaitility.await().until(plan::isRegistered);
            Instant from = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(10));
            plan.register(from);
            CatchUp catchUp = hub.bean(CatchUp.class);
            catchUp.fill(List.of(plan), from.plus(Duration.ofMinutes(4)));
            catchUp.fill(List.of(plan), from.plus(Duration.ofMinutes(8)));
            assertThat(missed(hub)).hasSize(7);
            MeterRegistry meters = hub.bean(MeterRegistry.class);
            assertThat(meters.find("feedhub.occurrences")
                            .tag("flow", "minutely")
                            .counters())
                    .extracting(counter -> counter.getId().getTag("outcome") + " " + counter.count())
                    .containsExactly("missed 7.0");
        }
    }

    /** Its old schedule counts up to the start, and so does the pause. */
    @Test
    void aPausedFlowWhoseScheduleWasChangedWhileNoNodeRanHasMissedNothing() throws IOException {
        Path file = Files.createDirectories(routes.resolve("design")).resolve("minutely.yaml");
        Files.writeString(file, FLOW);
        TestDatabase database = TestDatabase.migrated();
        try (RunningHub hub = new RunningHub(routes, Map.of("test.ticks", true), database)) {
            Awaitility.await()
                    .until(() -> hub.count("select count(*) from feedhub.schedule where flow = 'minutely'") == 1);
            hub.post("/api/flows/minutely/pause");
        }
        JdbcClient.create(database.dataSource())
                .sql("update feedhub.schedule set settled = now() - interval '10 minutes'")
                .update();
        Files.writeString(file, FLOW.replace("0 * * * * ?", "30 * * * * ?"));
        try (RunningHub hub = new RunningHub(routes, Map.of("test.ticks", true), database)) {
            Awaitility.await().untilAsserted(() -> assertThat(hub.database()
                            .sql("select distinct outcome from feedhub.occurrence")
                            .query(String.class)
                            .list())
                    .as("a minute may come before the pause")
                    .contains("skipped")
                    .doesNotContain("missed"));
        }
    }

    private static void ready(RunningHub hub, ReadinessState state) {
        hub.bean(ApplicationAvailabilityBean.class).onApplicationEvent(new AvailabilityChangeEvent<>(hub, state));
    }

    private static boolean isHeardForLong(RunningHub hub, Plan plan) {
        Instant until = hub.bean(Heartbeat.class).databaseTime().minus(SETTLED);
        return hub.bean(Heartbeat.class).heardSince().isBefore(until)
                && plan.openedAt().isBefore(until);
    }

    private static List<Instant> missed(RunningHub hub) {
        return hub.bean(JdbcClient.class)
                .sql("select scheduled_at from feedhub.occurrence where outcome = 'missed' order by scheduled_at")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    private static Instant[] minutesAfter(Instant from) {
        return IntStream.range(1, 10)
                .mapToObj(minute -> from.plus(Duration.ofMinutes(minute)))
                .toArray(Instant[]::new);
    }
}
