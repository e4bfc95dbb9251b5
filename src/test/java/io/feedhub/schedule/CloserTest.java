package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import io.feedhub.schedule.Endings.Ended;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends of runs, while the database is away or does not want one of them. */
class CloserTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    private final Lifeline lifeline = new Lifeline(database.properties());
    private final Closer closer = new Closer(
            new Endings(lifeline, new Node("a", List.of()), new Json(new ObjectMapper())),
            new Troubles(
                    sql,
                    transactions,
                    event -> {},
                    new Limits(8, 8, Duration.ofMinutes(1), 100, 3, Duration.ofDays(1), 1_000)));
    private final long first = running("first");
    private final long second = running("second");
    private @Nullable Thread writing;

    @BeforeEach
    void expectBoth() {
        closer.expect(first);
        closer.expect(second);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (writing != null) {
            writing.interrupt();
            writing.join();
        }
        lifeline.destroy();
    }

    @Test
    void anEndThatMeetsABrokenConnectionIsWrittenOverTheNextOne() {
        lifeline.database().sql("select 1").query(Integer.class).single();
        breakConnections();
        close(end(first, "HTTP 500"), end(second, null));
        assertThat(outcomes()).containsExactly("failed", "done");
    }

    @Test
    void anEndThatTheDatabaseRefusesDoesNotTakeTheOthersWithIt() {
        close(end(first, "no text of PostgreSQL: \0"), end(second, null));
        assertThat(outcomes()).containsExactly("running", "done");
    }

    /** As when a run's transaction was given up and the server has not noticed. */
    @Test
    void anEndWhoseRowSomebodyHoldsDoesNotKeepTheOthersWaiting() {
        whileSomebodyHolds(first, () -> {
            closer.add(end(first, null));
            closer.add(end(second, null));
            writing = Loop.begin("closer", closer);
            Awaitility.await().until(() -> !closer.numbers().contains(second));
            assertThat(closer.numbers()).containsExactly(first);
            assertThat(outcomes()).containsExactly("running", "done");
        });
        Awaitility.await().until(closer::isIdle);
        assertThat(outcomes()).containsExactly("done", "done");
    }

    @Test
    void anEndThatIsWantedNowDoesNotWaitForItsRow() {
        whileSomebodyHolds(first, () -> {
            CompletableFuture.runAsync(() -> closer.addNow(end(first, null)))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        });
        assertThat(closer.numbers()).contains(first);
        close(end(second, null));
        assertThat(outcomes()).containsExactly("done", "done");
    }

    /** As after a switch to a standby, or when a disk is nearly full. */
    @Test
    void endsWaitWhileTheDatabaseTakesNoWrites() throws InterruptedException {
        takeWrites(false);
        closer.add(end(first, null));
        closer.add(end(second, null));
        writing = Loop.begin("closer", closer);
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(closer.numbers()).contains(first, second);
        takeWrites(true);
        Awaitility.await().until(closer::isIdle);
        assertThat(outcomes()).containsExactly("done", "done");
    }

    @Test
    void anEndThatIsStillToComeIsWaitedFor() {
        assertThat(closer.isIdle()).isFalse();
        close(end(first, null), end(second, null));
        Awaitility.await().until(closer::isIdle);
    }

    /** As no run has none. */
    @Test
    @SuppressWarnings("NullAway")
    void aRunWhoseEndMeetsAFaultIsLeftToBeTakenOver() {
        closer.forget(second);
        close(new Ended(first, 1, "flow", null, List.of(), null));
        assertThat(outcomes()).containsExactly("running", "running");
    }

    private void whileSomebodyHolds(long run, Runnable work) {
        transactions.executeWithoutResult(status -> {
            sql.sql("select 1 from feedhub.occurrence where id = ? for update")
                    .param(run)
                    .query()
                    .singleValue();
            work.run();
        });
    }

    private void takeWrites(boolean wanted) {
        String name = sql.sql("select current_database()").query(String.class).single();
        sql.sql("begin read write; alter database %s set default_transaction_read_only = %s; commit"
                        .formatted(name, !wanted))
                .update();
        breakConnections();
    }

    private void breakConnections() {
        sql.sql(
                        """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and application_name = 'feedhub lifeline'""")
                .query(Boolean.class)
                .list();
    }

    private void close(Ended... ends) {
        assertThat(closer.numbers()).contains(first);
        for (Ended end : ends) {
            closer.add(end); // in one statement, since nobody writes yet
        }
        writing = Loop.begin("closer", closer);
        Awaitility.await().until(() -> closer.numbers().isEmpty());
    }

    private long running(String flow) {
        return sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, node, outcome, started_at)
                values (?, now(), 'a', 'running', now()) returning id""")
                .param(flow)
                .query(Long.class)
                .single();
    }

    private static Ended end(long run, @Nullable String error) {
        return new Ended(run, 1, "flow", new Tally(), List.of(), error);
    }

    private List<String> outcomes() {
        return sql.sql("select outcome from feedhub.occurrence order by id")
                .query(String.class)
                .list();
    }
}
