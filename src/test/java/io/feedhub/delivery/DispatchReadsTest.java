package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What taking and recording cost, with a backlog, after one, and whatever the statistics say. */
class DispatchReadsTest {
    private static final TestDatabase STORE = TestDatabase.migrated();

    private final Channels channels = new Channels(
            Map.of("infra", new Channel("http://127.0.0.1/w/1", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(STORE.url(), "postgres", "", true);
    private final JdbcClient session = JdbcClient.create(connection);
    private final Dispatch dispatch = new Dispatch(session, "a", channels);

    @BeforeEach
    void open() {
        session.sql("truncate feedhub.outgoing, feedhub.channel cascade").update();
        dispatch.open(List.of("infra"));
    }

    @AfterEach
    void close() {
        connection.destroy();
    }

    /** With statistics from before the backlog the planner must not choose the next messages once for each that waits. */
    @Test
    void aBacklogThatTheStatisticsDoNotKnowIsNotReadThrough() {
        write(session, 1);
        haveLeft();
        session.sql("analyze feedhub.outgoing").update();
        write(session, 2_000);
        long before = rowsRead(session);
        assertThat(dispatch.take(Map.of("infra", 50))).hasSize(50);
        assertThat(rowsRead(session) - before).isLessThan(1_000);
    }

    /** With statistics from during a backlog it must not read the whole ledger for a channel in which nothing waits. */
    @Test
    void aBacklogThatIsOverIsNotLookedFor() {
        write(session, 2_000);
        session.sql("analyze feedhub.outgoing").update();
        haveLeft();
        session.sql("vacuum feedhub.outgoing").update(); // the index keeps what is dead until then
        long before = rowsRead(session);
        assertThat(dispatch.take(Map.of("infra", 50))).isEmpty();
        assertThat(rowsRead(session) - before).isLessThan(100);
    }

    /** Until a vacuum the index has those that left. */
    @Test
    void thoseThatLeftArePassedOverOnce() {
        session.sql("alter table feedhub.outgoing set (autovacuum_enabled = off)")
                .update();
        write(session, 20_000);
        haveLeft();
        write(session, 50);
        session.sql("select count(*) from feedhub.outgoing where channel = 'infra' and phase = 'waiting'")
                .query(Long.class)
                .single(); // who passes over them first notes in the index that they are gone
        long pages = session.sql("select pg_relation_size('feedhub.outgoing_waiting') / 8192")
                .query(Long.class)
                .single();
        long before = pagesRead();
        assertThat(dispatch.take(Map.of("infra", 50))).hasSize(50);
        assertThat(pagesRead() - before).isBetween(pages / 2, pages * 3 / 2);
    }

    @Test
    void whatWaitsInAFreeChannelIsNotSearchedForWhatWasInterrupted() {
        write(session, 2_000);
        dispatch.record(List.of(delivered(dispatch)));
        long before = rowsRead(session);
        assertThat(dispatch.closeAbandoned()).isEmpty();
        assertThat(rowsRead(session) - before).isLessThan(100);
    }

    /** In its page, and without a new entry in each index. */
    @Test
    void whatIsTakenStaysInItsPlace() {
        write(session, 500);
        long before = changedInPlace();
        assertThat(dispatch.take(Map.of("infra", 100))).hasSize(100);
        assertThat(changedInPlace() - before).isGreaterThan(80);
    }

    /** A plan that was made while the ledger was empty would read all of it for each answer. */
    @Test
    void aLedgerThatHasGrownIsNotReadThroughForAnAnswer() throws IOException {
        String threshold = settingOfTheHub("spring.datasource.hikari.data-source-properties.prepareThreshold");
        String url = STORE.url() + (STORE.url().contains("?") ? "&" : "?") + "prepareThreshold=" + threshold;
        SingleConnectionDataSource asOfTheHub = new SingleConnectionDataSource(url, "postgres", "", true);
        try {
            JdbcClient hub = JdbcClient.create(asOfTheHub);
            Dispatch own = new Dispatch(hub, "a", channels);
            for (int n = 1; n <= 12; n++) { // else the driver and the server keep a plan after five times each
                write(hub, 1);
                own.record(List.of(delivered(own)));
            }
            write(hub, 2_000);
            Round last = delivered(own);
            long before = rowsRead(hub);
            own.record(List.of(last));
            assertThat(rowsRead(hub) - before).isLessThan(100);
        } finally {
            asOfTheHub.destroy();
        }
    }

    private static String settingOfTheHub(String name) throws IOException {
        return String.valueOf(new YamlPropertySourceLoader()
                .load("application.yaml", new FileSystemResource("application.yaml"))
                .get(0)
                .getProperty(name));
    }

    private static Round delivered(Dispatch dispatch) {
        Envelope next = dispatch.take(Map.of("infra", 1)).get(0);
        Answer answer = new Answer(Kind.DELIVERED, 200, "m", null, Answer.Limits.NONE);
        return new Round("infra", List.of(Sent.of(next, answer, false)), List.of(), Duration.ofMillis(1));
    }

    private static void write(JdbcClient session, int messages) {
        new Ledger(session)
                .write(IntStream.range(0, messages)
                        .mapToObj(n -> LedgerTest.message("infra", n))
                        .toList());
    }

    private void haveLeft() {
        session.sql("update feedhub.outgoing set state = 'delivered', ended_at = now()")
                .update();
    }

    private static long rowsRead(JdbcClient session) {
        return counted(
                session,
                """
                select (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables where relname = 'outgoing')
                     + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where relname = 'outgoing')""");
    }

    private long pagesRead() {
        return counted(
                session,
                "select idx_blks_hit + idx_blks_read from pg_statio_user_indexes where indexrelname = 'outgoing_waiting'");
    }

    private long changedInPlace() {
        return counted(session, "select n_tup_hot_upd from pg_stat_user_tables where relname = 'outgoing'");
    }

    private static long counted(JdbcClient session, String sql) {
        session.sql("select pg_stat_force_next_flush()").query(row -> {});
        return session.sql(sql).query(Long.class).single();
    }
}
