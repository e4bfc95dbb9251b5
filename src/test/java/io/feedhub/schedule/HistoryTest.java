package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The record of runs stays within its bounds. */
class HistoryTest {
    private final JdbcClient sql = JdbcClient.create(TestDatabase.migrated().dataSource());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final History history =
            new History(sql, new Limits(8, 8, Duration.ofMinutes(1), 100, 3, Duration.ofDays(30), 100), meters);

    @Test
    void whatIsTooOldIsForgottenAndWhatWaitsOrRunsIsNot() {
        runs("flow", 31 * 24, 12_000, "done"); // more than one delete takes at once
        runs("waits", 31 * 24, 1, "planned");
        runs("runs", 31 * 24, 1, "running");
        runs("flow", 29 * 24, 50, "done");
        history.prune();
        assertThat(left("flow")).isEqualTo(50);
        assertThat(left("waits")).isOne();
        assertThat(left("runs")).isOne();
    }

    @Test
    void ofEachFlowTheNewestAreKept() {
        scheduled("busy");
        scheduled("calm");
        runs("busy", 10, 250, "done");
        runs("calm", 10, 99, "done");
        history.prune();
        assertThat(left("busy")).isEqualTo(100);
        assertThat(left("calm")).isEqualTo(99);
        assertThat(sql.sql("select min(id) from feedhub.occurrence where flow = 'busy'")
                        .query(Long.class)
                        .single())
                .isEqualTo(151);
    }

    @Test
    void whatComesLaterIsCountedOnTopOfTheFirstCount() {
        scheduled("busy");
        runs("busy", 10, 80, "done");
        history.prune();
        assertThat(left("busy")).isEqualTo(80);
        runs("busy", 5, 30, "done");
        history.prune();
        assertThat(left("busy")).isEqualTo(100);
        runs("busy", 3, 1, "done");
        history.prune();
        assertThat(left("busy")).isEqualTo(100);
    }

    @Test
    void theFirstCountAfterAStartCountsWhatWasThereBefore() {
        scheduled("busy");
        scheduled("calm");
        runs("busy", 10, 90, "done");
        runs("busy", 9, 90, "running");
        runs("calm", 9, 5, "done");
        Surplus started = new Surplus(sql, 100);
        assertThat(started.forget()).isEqualTo(80);
        assertThat(left("busy")).isEqualTo(100);
        assertThat(started.forget()).isZero();
        runs("busy", 5, 7, "done");
        assertThat(new Surplus(sql, 100).forget())
                .as("what an earlier process had counted is not known")
                .isEqualTo(7);
    }

    @Test
    void theSizeOfTheTablesIsAMetric() {
        history.prune();
        assertThat(meters.get("feedhub.database.size").gauge().value()).isPositive();
    }

    private void scheduled(String flow) {
        sql.sql("insert into feedhub.schedule (flow, settled) values (?, now())")
                .param(flow)
                .update();
    }

    private void runs(String flow, int hoursAgo, int count, String outcome) {
        sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, outcome, alone)
                select ?, now() - ? * interval '1 hour' + n * interval '1 second', ?, false from generate_series(1, ?) n""")
                .params(flow, hoursAgo, outcome, count)
                .update();
    }

    private long left(String flow) {
        return sql.sql("select count(*) from feedhub.occurrence where flow = ?")
                .param(flow)
                .query(Long.class)
                .single();
    }
}
