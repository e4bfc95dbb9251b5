package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TroublesTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final DataSource source = database.dataSource();
    private final JdbcClient sql = JdbcClient.create(source);
    private final List<TroublesChanged> told = new ArrayList<>();
    private int minutes = -10_000;

    @BeforeEach
    void aFlow() {
        sql.sql("insert into feedhub.schedule (flow, settled) values ('flow', now())")
                .update();
    }

    @Test
    void afterThreeFailuresSomebodyIsToldOnceAndOnceWhenItIsOver() {
        failed(2);
        judgeOnTwoNodes();
        assertThat(told).isEmpty();
        failed(4);
        judgeOnTwoNodes();
        judgeOnTwoNodes();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).begun()).singleElement().satisfies(trouble -> assertThat(trouble.reason())
                .isEqualTo("failed 3 times in a row: broken"));
        done(1, 5, 1);
        judgeOnTwoNodes();
        assertThat(told).hasSize(2);
        assertThat(told.get(1).over()).hasSize(1);
    }

    @Test
    void aMissedInstantIsTold() {
        run("missed", "no node ran it at its time", 0, 0);
        judgeOnTwoNodes();
        assertThat(told.get(0).begun().get(0).reason()).startsWith("missed: no node ran it");
    }

    @Test
    void aFlowThatIsQuietForThreeTimesItsHabitIsSilent() {
        for (int i = 0; i < 6; i++) {
            done(1, 5, 1);
            done(3, 5, 0);
        }
        judgeOnTwoNodes();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).begun().get(0).reason()).startsWith("silent: nothing came out for");
    }

    @Test
    void aFlowThatNeverBringsAnythingOutIsNotSilent() {
        done(20, 5, 0);
        judgeOnTwoNodes();
        assertThat(told).isEmpty();
    }

    @Test
    void aStatedLimitCountsInsteadOfTheHabit() {
        sql.sql("update feedhub.schedule set silence = interval '1 hour'").update();
        done(5, 5, 0);
        judgeOnTwoNodes();
        assertThat(told).hasSize(1);
    }

    @Test
    void aPauseIsNoSilence() {
        sql.sql("update feedhub.schedule set silence = interval '1 hour', paused = true")
                .update();
        done(5, 5, 0);
        judgeOnTwoNodes();
        sql.sql("update feedhub.schedule set paused = false, resumed_at = now()")
                .update();
        judgeOnTwoNodes();
        assertThat(told).isEmpty();
        sql.sql("update feedhub.schedule set resumed_at = now() - interval '2 hours'")
                .update();
        judgeOnTwoNodes();
        assertThat(told).hasSize(1);
    }

    @Test
    void aPauseIsNoHabit() {
        done(6, 5, 1);
        minutes += 4_000;
        done(6, 5, 1);
        sql.sql("update feedhub.schedule set resumed_at = now() + ? * interval '1 minute'")
                .param(minutes - 7)
                .update();
        judgeOnTwoNodes();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).begun().get(0).reason()).startsWith("silent: nothing came out for");
    }

    @Test
    void threeRunsTwiceAsLongAsUsualAreSlow() {
        done(30, 10, 0);
        done(2, 50, 0);
        judgeOnTwoNodes();
        assertThat(told).isEmpty();
        done(1, 50, 0);
        judgeOnTwoNodes();
        assertThat(told.get(0).begun().get(0).reason())
                .startsWith("slow: its last 3 runs took more than twice the 10.0 s");
    }

    @Test
    void whatCouldNotBeToldIsToldTheNextTime() {
        failed(3);
        AtomicBoolean away = new AtomicBoolean(true);
        Troubles troubles = troubles(event -> {
            if (away.getAndSet(false)) {
                throw new IllegalStateException("the database is away");
            }
            told.add((TroublesChanged) event);
        });
        troubles.touch("flow");
        assertThatThrownBy(troubles::judge).hasMessage("the database is away");
        troubles.judge();
        assertThat(told).hasSize(1);
    }

    @Test
    void ofManyFlowsWhoseRunsAreDoneAShareIsJudgedAtATime() {
        List<String> flows = IntStream.range(0, 1_200).mapToObj(n -> "flow" + n).toList();
        sql.sql("insert into feedhub.schedule (flow, settled) select unnest(?), now()")
                .param(flows.toArray(String[]::new))
                .update();
        sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, outcome, error)
                select flow, now(), 'missed', 'so that a judgement can be seen' from feedhub.schedule""")
                .update();
        Troubles troubles = troubles(event -> told.add((TroublesChanged) event));
        for (int round = 0; round < 6; round++) {
            flows.forEach(flow -> troubles.ended(flow, true));
            troubles.judge();
        }
        assertThat(told)
                .allSatisfy(each -> assertThat(each.begun()).hasSize(200))
                .hasSize(6);
    }

    private void judgeOnTwoNodes() {
        for (int node = 0; node < 2; node++) {
            Troubles troubles = troubles(event -> told.add((TroublesChanged) event));
            troubles.touch("flow");
            troubles.judge();
        }
    }

    private Troubles troubles(ApplicationEventPublisher events) {
        return new Troubles(
                sql,
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                events,
                new Limits(8, 8, Duration.ofMinutes(1), 100, 3, Duration.ofDays(1), 1_000));
    }

    private void failed(int times) {
        for (int i = 0; i < times; i++) {
            run("failed", "broken", 5, 0);
        }
    }

    private void done(int times, int seconds, int items) {
        for (int i = 0; i < times; i++) {
            run("done", null, seconds, items);
        }
    }

    private void run(String outcome, @Nullable String error, int seconds, int items) {
        sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, outcome, error, items_out, started_at, ended_at)
                select 'flow', at, :outcome, :error, :items, at, at + :seconds * interval '1 second'
                from (select now() + :minute * interval '1 minute' as at) a""")
                .param("outcome", outcome)
                .param("error", error)
                .param("items", items)
                .param("seconds", seconds)
                .param("minute", minutes++)
                .update();
    }
}
