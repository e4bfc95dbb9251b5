package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TroublesTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
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

    private void judgeOnTwoNodes() {
        for (int node = 0; node < 2; node++) {
            Troubles troubles = new Troubles(
                    sql,
                    new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                    event -> told.add((TroublesChanged) event),
                    new Limits(8, 8, Duration.ofMinutes(1), 100, 3, Duration.ofDays(1), 1_000));
            troubles.touch("flow");
            troubles.judge();
        }
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
