package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Health hears of the flows whose last run failed, and of no others. */
class FailingFlowsTest {
    private static final int MANY = 10_000;

    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(TestDatabase.migrated().url(), "postgres", "", true);
    private final JdbcClient sql = JdbcClient.create(connection);
    private final Occurrences occurrences = new Occurrences(sql, new Json(new ObjectMapper()));

    @Test
    void aFlowFailsUntilALaterRunDoesNot() {
        runs("ever", "failed", "failed");
        runs("again", "done", "failed");
        runs("recovers", "failed", "done");
        runs("runs", "failed", "running");
        runs("waits", "failed", "planned");
        runs("well", "done", "done");
        runs("gone", "failed");
        sql.sql("delete from feedhub.schedule where flow = 'gone'").update();
        assertThat(occurrences.failing()).extracting(Run::flow).containsExactlyInAnyOrder("ever", "again", "waits");
    }

    @Test
    void withoutStatisticsTheRunsOfManyFlowsAreNotReadEither() {
        sql.sql("insert into feedhub.schedule (flow, settled) select 'flow' || n, now() from generate_series(1, ?) n")
                .param(MANY)
                .update();
        sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, outcome)
                select 'flow' || n, now() - run * interval '1 minute',
                       case when n % 1000 = 0 and run > 2 then 'failed' else 'done' end
                from generate_series(1, ?) n, generate_series(1, 5) run order by run""")
                .param(MANY)
                .update();
        long scans = counted("seq_scan");
        long read = counted("idx_tup_fetch");
        assertThat(occurrences.failing()).hasSize(10);
        assertThat(counted("seq_scan")).isEqualTo(scans);
        assertThat(counted("idx_tup_fetch") - read).isLessThan(100);
    }

    private void runs(String flow, String... outcomes) {
        sql.sql("insert into feedhub.schedule (flow, settled) values (?, now())")
                .param(flow)
                .update();
        for (int run = 0; run < outcomes.length; run++) {
            sql.sql(
                            """
                    insert into feedhub.occurrence (flow, scheduled_at, outcome, started_at)
                    values (?, now() + ? * interval '1 second', ?, case ? when 'planned' then null else now() end)""")
                    .params(flow, run, outcomes[run], outcomes[run])
                    .update();
        }
    }

    private long counted(String what) {
        sql.sql("select pg_stat_force_next_flush()").query(row -> {});
        return sql.sql("select " + what
                        + " from pg_stat_user_tables where schemaname = 'feedhub' and relname = 'occurrence'")
                .query(Long.class)
                .single();
    }
}
