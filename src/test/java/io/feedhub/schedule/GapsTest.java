package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.nodes.Lifeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Thirty instants that no node ran: each policy gives the rows that the operating guide lists. */
class GapsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant NOW = NOON.plus(Duration.ofMinutes(30)).plusSeconds(20);

    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final Lifeline lifeline = new Lifeline(database.properties());

    @AfterEach
    void disconnect() {
        lifeline.destroy();
    }

    @Test
    void skipRunsNoneAndRecordsEach() {
        fill("skip", 100, "missed");
        assertThat(rows("missed")).hasSize(30);
        assertThat(reasons("missed")).containsOnly("no node ran it at its time; catchUp is skip");
    }

    @Test
    void onceRunsTheNewestAndSaysSoAsTheGuideDoes() throws IOException {
        fill("once", 100, "missed");
        assertThat(reasons("missed")).isNotEmpty().allMatch(Files.readString(Path.of("docs/operating.md"))::contains);
        assertThat(rows("missed")).hasSize(29);
        assertThat(rows("planned")).containsExactly(NOON.plus(Duration.ofMinutes(30)));
    }

    @Test
    void onceRunsTheNewestOfALongPauseToo() {
        Plan plan = plan("once");
        record(100, plan, instants(1, 10), "skipped", "the flow was paused");
        record(100, plan, instants(11, 30), "skipped", "the flow was paused");
        assertThat(rows("skipped")).hasSize(29);
        assertThat(rows("planned")).containsExactly(NOON.plus(Duration.ofMinutes(30)));
    }

    /** The other node saw an earlier part of the gap, and plans its newest instant in the middle of it all. */
    @Test
    void onceRunsTheNewestOfWhatTwoNodesFound() {
        sql.sql(
                        """
                create function other_node() returns trigger language plpgsql as $$ begin
                  insert into feedhub.occurrence (flow, scheduled_at, origin, outcome, started_at, due_at, error)
                  values ('flow', '2026-01-01T12:10:00Z', 'catch-up', 'planned', null, now(), 'no node ran it')
                  on conflict do nothing;
                  return null;
                end $$""")
                .update();
        sql.sql(
                        """
                create trigger other_node before insert on feedhub.occurrence
                for each statement when (pg_trigger_depth() = 0) execute function other_node()""")
                .update();
        fill("once", 100, "missed");
        assertThat(rows("planned")).containsExactly(NOON.plus(Duration.ofMinutes(30)));
        assertThat(rows("missed")).hasSize(29);
    }

    @Test
    void allRunsEachOldestFirstWithRoomBetween() {
        fill("all", 100, "missed");
        assertThat(rows("planned")).isEqualTo(instants(1, 30));
        List<Instant> due = sql.sql("select due_at from feedhub.occurrence order by scheduled_at")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
        for (int i = 0; i < due.size(); i++) {
            assertThat(due.get(i)).isEqualTo(NOW.plus(Gaps.SPACING.multipliedBy(i)));
        }
    }

    @Test
    void allIsBounded() {
        fill("all", 10, "missed");
        assertThat(rows("missed")).isEqualTo(instants(1, 20));
        assertThat(rows("planned")).isEqualTo(instants(21, 30));
        assertThat(reasons("missed")).containsOnly("no node ran it at its time; catchUp runs the newest 10");
    }

    @Test
    void allIsBoundedHoweverManyGapsThereWere() {
        Plan plan = plan("all");
        for (int minute = 1; minute <= 30; minute++) {
            record(10, plan, instants(minute, minute), "skipped", "the flow was paused");
        }
        assertThat(rows("planned")).isEqualTo(instants(21, 30));
        assertThat(rows("skipped")).isEqualTo(instants(1, 20));
        assertThat(reasons("skipped")).containsOnly("the flow was paused; catchUp runs the newest 10");
    }

    @Test
    void anInstantThatHasItsRowIsNoGap() {
        sql.sql(
                        "insert into feedhub.occurrence (flow, scheduled_at, node, outcome) values ('flow', ?::timestamptz, 'a', 'done')")
                .param(NOON.plusSeconds(60).toString())
                .update();
        Plan plan = plan("skip");
        List<Gaps.Open> candidates =
                instants(1, 30).stream().map(at -> new Gaps.Open(plan, at)).toList();
        assertThat(gaps(100).unrecorded(candidates)).extracting(Gaps.Open::at).isEqualTo(instants(2, 30));
        fill("skip", 100, "missed");
        assertThat(rows("done")).hasSize(1);
        assertThat(rows("missed")).hasSize(29);
    }

    private void fill(String catchUp, int atMost, String outcome) {
        record(atMost, plan(catchUp), instants(1, 30), outcome, "no node ran it at its time");
    }

    private void record(int atMost, Plan plan, List<Instant> instants, String outcome, String why) {
        gaps(atMost).record(List.of(new Gaps.Gap(plan, instants, RunOutcome.of(outcome), why)), NOW);
    }

    private static List<Instant> instants(int from, int to) {
        List<Instant> instants = new ArrayList<>();
        for (int minute = from; minute <= to; minute++) {
            instants.add(NOON.plus(Duration.ofMinutes(minute)));
        }
        return instants;
    }

    private static Plan plan(String catchUp) {
        Plan plan = new Plan("flow", "test", NOON);
        plan.update(Terms.of(new RouteDefinition().routeProperty("catchUp", catchUp)), null);
        return plan;
    }

    private Gaps gaps(int atMost) {
        return new Gaps(lifeline, new Limits(8, 8, Duration.ofMinutes(1), atMost, 3, Duration.ofDays(1), 1_000));
    }

    private List<Instant> rows(String outcome) {
        return sql.sql("select scheduled_at from feedhub.occurrence where outcome = ? order by scheduled_at")
                .param(outcome)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    private List<String> reasons(String outcome) {
        return sql.sql("select error from feedhub.occurrence where outcome = ?")
                .param(outcome)
                .query(String.class)
                .list();
    }
}
