package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.nodes.Lifeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps of a flow, and when it forgets it. */
@ExtendWith(OutputCaptureExtension.class)
class ScheduleTableTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final Lifeline lifeline = new Lifeline(database.properties());
    private final ScheduleTable scheduleTable = new ScheduleTable(lifeline);

    @AfterEach
    void disconnect() {
        lifeline.destroy();
    }

    @Test
    void aFlowWithANewScheduleIsSettledUntilItsNewTriggerBegins() {
        Instant before = time();
        assertThat(register("0 * * * * ?").settled()).isAfterOrEqualTo(before);
        Instant first = register("0 * * * * ?").settled();
        Instant changed = register("0/30 * * * * ?").settled();
        assertThat(changed).isBefore(time().minus(QuartzTicks.HEAD_START)).isNotEqualTo(first);
        assertThat(Duration.between(changed, time())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void whoRegistersAFlowLearnsThatItIsPaused() {
        assertThat(register("0 * * * * ?").paused()).isFalse();
        sql.sql("update feedhub.schedule set paused = true").update();
        assertThat(register("0 * * * * ?").paused()).isTrue();
    }

    @Test
    void aFlowThatTheDatabaseRefusesDoesNotKeepTheOthersFromBeingRegisteredAndIsToldOnce(CapturedOutput output) {
        Terms endless =
                new Terms(Terms.CatchUp.ONCE, Terms.Overlap.SKIP, null, true, Duration.ofDays(200_000_000), null);
        assertThat(scheduleTable.register(
                        Stream.of(plan("a", Terms.DEFAULT), plan("b", endless), plan("c", Terms.DEFAULT))
                                .map(Plan::flowTerms)
                                .toList()))
                .containsOnlyKeys("a", "c");
        assertThat(scheduleTable.register(List.of(plan("b", endless).flowTerms())))
                .isEmpty();
        assertThat(output).containsOnlyOnce("b does not run, since it cannot be registered");
        assertThat(scheduleTable.register(List.of(plan("b", Terms.DEFAULT).flowTerms())))
                .containsOnlyKeys("b");
        scheduleTable.register(List.of(plan("b", endless).flowTerms()));
        assertThat(output.getOut().split("b does not run", -1))
                .as("it was mended, and is so again")
                .hasSize(3);
    }

    @Test
    void aFlowThatOnlyStoppedHereIsNotForgotten() {
        register("0 * * * * ?");
        assertThat(scheduleTable.forget("flow")).isFalse();
        revision("accepted");
        assertThat(scheduleTable.forget("flow")).isFalse();
        revision("deleted");
        assertThat(scheduleTable.forget("flow")).isTrue();
        assertThat(scheduleTable.entries(List.of(plan("flow", Terms.DEFAULT)))).isEmpty();
        assertThat(scheduleTable.forget("flow")).as("a peer has").isTrue();
    }

    @Test
    void aFlowThatWasDeletedWhileNoNodeRanIsForgotten() {
        register("0 * * * * ?");
        assertThat(scheduleTable.forgetDeleted(List.of()))
                .as("it has no revision")
                .isZero();
        revision("accepted");
        revision("deleted");
        assertThat(scheduleTable.forgetDeleted(List.of())).as("just now").isZero();
        sql.sql("update feedhub.flow_revision set at = now() - interval '2 minutes'")
                .update();
        assertThat(scheduleTable.forgetDeleted(List.of(plan("flow", Terms.DEFAULT))))
                .as("this node has it")
                .isZero();
        revision("refused");
        assertThat(scheduleTable.forgetDeleted(List.of())).isEqualTo(1);
    }

    @Test
    void aFurtherRouteIsForgottenWithItsFlow() {
        List<Plan> both = List.of(plan("flow", Terms.DEFAULT), plan("flow.close", Terms.DEFAULT));
        scheduleTable.register(both.stream().map(Plan::flowTerms).toList());
        revision("accepted");
        assertThat(scheduleTable.forget("flow.close")).isFalse();
        revision("deleted");
        assertThat(scheduleTable.forget("flow.close")).isTrue();
        assertThat(scheduleTable.entries(both)).containsOnlyKeys("flow");
        scheduleTable.register(both.stream().map(Plan::flowTerms).toList());
        sql.sql("update feedhub.flow_revision set at = now() - interval '2 minutes'")
                .update();
        assertThat(scheduleTable.forgetDeleted(List.of())).isEqualTo(2);
    }

    @Test
    void aFurtherRouteThatIsNewIsPausedWhenItsFlowIs() {
        register("0 * * * * ?");
        sql.sql("update feedhub.schedule set paused = true").update();
        Map<String, ScheduleTable.Entry> now = scheduleTable.register(Stream.of("flow.close", "flowing", "other.close")
                .map(flow -> plan(flow, Terms.DEFAULT).flowTerms())
                .toList());
        assertThat(now.values())
                .filteredOn(ScheduleTable.Entry::paused)
                .extracting(ScheduleTable.Entry::flow)
                .containsExactly("flow.close");
    }

    private ScheduleTable.Entry register(String cron) {
        return Objects.requireNonNull(scheduleTable
                .register(List.of(plan("flow", Terms.DEFAULT, cron).flowTerms()))
                .get("flow"));
    }

    private static Plan plan(String flow, Terms terms) {
        return plan(flow, terms, "0 * * * * ?");
    }

    private static Plan plan(String flow, Terms terms, String cron) {
        Plan plan = new Plan(flow, "test", Instant.EPOCH);
        plan.update(terms, new Schedule(cron, Schedule.UTC));
        return plan;
    }

    private void revision(String state) {
        sql.sql(
                        """
                insert into feedhub.flow_revision (flow, revision, file, state, content, sha256, author, origin, node, base)
                select 'flow', 1 + count(*), 'routes/test/flow.yaml', ?, '', '', 'ada', 'api', 'here', 0
                from feedhub.flow_revision""")
                .param(state)
                .update();
    }

    private Instant time() {
        return sql.sql("select clock_timestamp()")
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }
}
