package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import io.feedhub.nodes.RevisionSet;
import io.feedhub.schedule.Claims.Claimed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A long history: the hub's own statements, called as the hub calls them, read no table of it from end to end. PostgreSQL
 * counts the scans, and how many rows its indexes gave.
 */
class NothingScansTest {
    private static final int FLOWS = 64;
    private static final int EACH = 20_000;
    private static final int CALLS = 8; // after five the driver asks for a plan that fits all parameters

    private final TestDatabase database = TestDatabase.migrated();
    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(database.url(), "postgres", "", true);
    private final JdbcClient sql = JdbcClient.create(connection);
    private final Lifeline lifeline = new Lifeline(database.properties());
    private final Limits limits = new Limits(64, 32, Duration.ofMinutes(1), 100, 3, Duration.ofDays(400), EACH);
    private final Claims claims = claims();
    private final Endings endings = new Endings(lifeline, new Node("a", List.of()), new Json(new ObjectMapper()));
    private final Map<String, Long> took = new LinkedHashMap<>();
    private Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusMillis(1);

    @AfterEach
    void giveTheDiskBack() {
        sql.sql("drop schema feedhub cascade").update();
        connection.destroy();
        lifeline.destroy();
    }

    @Test
    void aHistoryOfAHundredThousandRuns() throws IOException {
        callEverything(100_000);
    }

    @Test
    @Tag("bench")
    void aHistoryOfTenMillionRuns() throws IOException {
        callEverything(10_000_000);
    }

    private void callEverything(int rows) throws IOException {
        history(rows);
        Occurrences occurrences = new Occurrences(sql, new Json(new ObjectMapper()));
        TrackRecords records = new TrackRecords(sql);
        Gaps gaps = new Gaps(lifeline, limits);
        Troubles troubles = new Troubles(
                sql, new TransactionTemplate(new DataSourceTransactionManager(connection)), event -> {}, limits);
        List<Plan> plans = plans();

        call("claim and close 64 runs", () -> claimAndClose(plans));
        call("look for dead nodes' runs", () -> endings.takeOver(List.of(), true));
        call("look for what is due", claims::due);
        call(
                "look for gaps, 64 flows",
                () -> gaps.unrecorded(
                        plans.stream().map(plan -> new Gaps.Open(plan, next)).toList()));
        call(
                "record gaps, 64 flows",
                () -> gaps.record(
                        plans.stream()
                                .map(plan -> new Gaps.Gap(plan, List.of(next), RunOutcome.MISSED, "test"))
                                .toList(),
                        next));
        call("judge 64 flows", () -> {
            plans.forEach(plan -> troubles.touch(plan.flow()));
            troubles.judge();
        });
        Surplus surplus = new Surplus(sql, EACH);
        call("forget what is more than enough", surplus::forget);
        call("forget old runs", this::forgetTheOldestSecond);
        call("the newest runs", () -> occurrences.newest(null, null, null, Long.MAX_VALUE, 50));
        call("the newest runs of a flow", () -> occurrences.newest("flow7", null, null, Long.MAX_VALUE, 50));
        call("what was missed", () -> occurrences.newest(null, RunOutcome.MISSED, null, Long.MAX_VALUE, 50));
        call("what failed", () -> occurrences.newest(null, RunOutcome.FAILED, null, Long.MAX_VALUE, 50));
        call("the last run of each flow", occurrences::lastOfEachFlow);
        call("flows that fail", occurrences::failing);
        call(
                "50 runs of each flow",
                () -> records.of(plans.stream().map(Plan::flow).toList(), 50));
        Files.writeString(Path.of("target/history-" + rows + ".txt"), took + "\n");
    }

    /** Runs of every second, the newest of now; one in a hundred thousand was missed, and as many failed. */
    private void history(int rows) {
        int flows = Math.max(FLOWS, rows / EACH);
        sql.sql("insert into feedhub.node (name, version) values ('a', 'test')").update();
        sql.sql(
                        """
                insert into feedhub.schedule (flow, cron, settled)
                select 'flow' || n, '0 * * * * ?', now() from generate_series(0, ?) n""")
                .param(flows - 1)
                .update();
        sql.sql(
                        """
                insert into feedhub.occurrence
                  (flow, scheduled_at, node, outcome, started_at, ended_at, items_in, items_out, alone)
                select 'flow' || n % :flows, at, 'a',
                       case n % 100000 when 5 then 'missed' when 6 then 'failed' else 'done' end, at, at, 1, 1, true
                from (select n, now() - (:rows - n) / :flows * interval '1 second' as at
                      from generate_series(0, :rows - 1) n) r""")
                .param("flows", flows)
                .param("rows", rows)
                .update();
        sql.sql("vacuum analyze feedhub.occurrence").update();
    }

    /** One run of each flow is too old. */
    private void forgetTheOldestSecond() {
        long oldest = oldest("id");
        Duration kept = Duration.ofSeconds(oldest("extract(epoch from now() - scheduled_at)::bigint") - 1);
        Limits shorter = new Limits(64, 32, Duration.ofMinutes(1), 100, 3, kept, EACH);
        new History(sql, shorter, new SimpleMeterRegistry()).forgetOld();
        assertThat(oldest("id")).as("the oldest run that is left").isGreaterThan(oldest);
    }

    private long oldest(String column) {
        return sql.sql("select " + column + " from feedhub.occurrence order by id limit 1")
                .query(Long.class)
                .single();
    }

    private void call(String what, Runnable statement) {
        statement.run();
        long scans = scans("seq_scan");
        long read = scans("idx_tup_fetch");
        long begun = System.nanoTime();
        for (int time = 0; time < CALLS; time++) {
            statement.run();
        }
        took.put(what + ", us", (System.nanoTime() - begun) / CALLS / 1_000);
        assertThat(scans("seq_scan") - scans).as("scans by: " + what).isZero();
        assertThat((scans("idx_tup_fetch") - read) / CALLS)
                .as("rows read by: " + what)
                .isLessThan(200 * FLOWS);
    }

    private long scans(String counter) {
        for (JdbcClient session : List.of(sql, lifeline.database())) {
            session.sql("select pg_stat_force_next_flush()").query(row -> {});
        }
        return sql.sql("select " + counter
                        + " from pg_stat_user_tables where schemaname = 'feedhub' and relname = 'occurrence'")
                .query(Long.class)
                .single();
    }

    private void claimAndClose(List<Plan> plans) {
        List<Tick> ticks = new ArrayList<>();
        plans.forEach(plan -> ticks.add(new Tick(plan, next, null)));
        next = next.minusMillis(1);
        List<Claimed> won = claims.claim(ticks);
        assertThat(won).hasSize(plans.size());
        endings.close(won.stream()
                .map(run -> new Endings.Ended(run.run(), run.epoch(), run.flow(), new Tally(), List.of(), null))
                .toList());
    }

    private static List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (int flow = 0; flow < FLOWS; flow++) {
            plans.add(new Plan("flow" + flow, "test", Instant.EPOCH));
        }
        return plans;
    }

    private Claims claims() {
        RevisionSet revisions = new RevisionSet() {
            @Override
            public String digest() {
                return "";
            }

            @Override
            public OptionalInt of(String flow) {
                return OptionalInt.of(1);
            }
        };
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("revisions", revisions));
        return new Claims(lifeline, new Node("a", List.of()), beans.getBeanProvider(RevisionSet.class));
    }
}
