package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionOperations;

class LedgerTest {
    private static final TestDatabase STORE = TestDatabase.migrated();
    private static final JdbcClient DATABASE = JdbcClient.create(STORE.dataSource());

    private final Ledger ledger = new Ledger(DATABASE);

    @BeforeEach
    void empty() {
        DATABASE.sql("truncate feedhub.outgoing cascade").update();
    }

    @Test
    void manyMessagesKeepTheirOrder() {
        ledger.write(List.of(message("infra", 1), message("ops", 2), message("infra", 3)));
        assertThat(ledger.newest(null, null, Long.MAX_VALUE, 10))
                .extracting(Delivery::channel)
                .containsExactly("infra", "ops", "infra");
        assertThat(payloads()).containsExactly("{\"n\": 1}", "{\"n\": 2}", "{\"n\": 3}");
    }

    @Test
    void messagesOfARunThatLostItsClaimAreRefusedTogether() {
        long run = DATABASE.sql(
                        "insert into feedhub.occurrence (flow, scheduled_at, node) values ('f', now(), 'n') returning id")
                .query(Long.class)
                .single();
        ledger.write(List.of(ofRun(run, 1)));
        assertThatThrownBy(() -> ledger.write(List.of(message("infra", 1), ofRun(run, 2))))
                .hasMessageContaining("lost its claim");
        assertThat(payloads()).hasSize(1);
    }

    @Test
    void onlyWhatIsAtAnEndCanBeRetriedAndOnlyWhatIsNotDeliveredGivenUp() {
        ledger.write(List.of(message("infra", 1)));
        long id = ledger.newest(null, null, Long.MAX_VALUE, 1).get(0).id();
        assertThat(ledger.retry(id)).as("queued").isFalse();
        assertThat(ledger.giveUp(id)).isTrue();
        assertThat(one(id).state()).isEqualTo(MessageState.GIVEN_UP);
        assertThat(ledger.giveUp(id)).as("twice").isFalse();
        assertThat(ledger.retry(id)).isTrue();
        set(id, "unknown");
        assertThat(ledger.retry(id)).isTrue();
        assertThat(one(id).repeats()).as("Discord may have it twice").isEqualTo(1);
        for (String state : List.of("sending", "delivered")) {
            set(id, state);
            assertThat(ledger.retry(id) || ledger.giveUp(id)).as(state).isFalse();
        }
    }

    @Test
    void whatNeverPostedIsNotLookedForInTheWholeLedger() throws SQLException {
        DATABASE.sql(
                        """
                insert into feedhub.outgoing (flow, channel, payload)
                select 'f' || n % 9, 'c' || n % 9, '{}' from generate_series(1, 20000) n""")
                .update();
        DATABASE.sql("analyze feedhub.outgoing").update();
        try (Connection connection = STORE.dataSource().getConnection()) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            Ledger looking = new Ledger(session);
            long before = rowsRead(session);
            for (int look = 0; look < 20; look++) { // from the tenth on the plan may be one for any value
                assertThat(looking.of("silent", 50)).isEmpty();
                assertThat(looking.newest(null, "silent", Long.MAX_VALUE, 50)).isEmpty();
            }
            assertThat(rowsRead(session) - before).isLessThan(100);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageState.class,
            names = {"QUEUED", "SENDING", "PARKED", "UNKNOWN"})
    void theFewThatAreNotOverAreNotLookedForInTheWholeLedger(MessageState state) throws SQLException {
        DATABASE.sql(
                        """
                insert into feedhub.outgoing (flow, channel, payload, state, ended_at)
                select 'f', 'c', '{}', 'delivered', now() from generate_series(1, 20000)""")
                .update();
        DATABASE.sql("analyze feedhub.outgoing").update();
        try (Connection connection = STORE.dataSource().getConnection()) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            Ledger looking = new Ledger(session);
            long before = rowsRead(session);
            for (int look = 0; look < 20; look++) {
                assertThat(looking.newest(state, null, Long.MAX_VALUE, 50)).isEmpty();
            }
            assertThat(rowsRead(session) - before).isLessThan(100);
        }
    }

    @Test
    void whatIsOldIsNotLookedForInTheWholeLedger() throws SQLException {
        DATABASE.sql(
                        """
                insert into feedhub.outgoing (flow, channel, payload, state, created_at, ended_at)
                select 'f', 'c', '{}', 'delivered', at, at
                from (select now() - n * interval '1 minute' as at from generate_series(1, 20000) n) minutes""")
                .update();
        DATABASE.sql("analyze feedhub.outgoing").update();
        Channels channels = new Channels(Map.of(), Duration.ofMinutes(19_990));
        try (Connection connection = STORE.dataSource().getConnection()) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            Queues queues = new Queues(
                    session,
                    channels,
                    new Ledger(session),
                    new Embeds(new ObjectMapper()),
                    TransactionOperations.withoutTransaction());
            long before = rowsRead(session);
            assertThat(queues.forget()).isBetween(9, 11);
            assertThat(rowsRead(session) - before).isLessThan(100);
        }
    }

    private static long rowsRead(JdbcClient session) {
        session.sql("select pg_stat_force_next_flush()").query(row -> {});
        return session.sql(
                        """
                select seq_tup_read
                  + (select sum(idx_tup_read)::bigint from pg_stat_user_indexes where relname = 'outgoing')
                from pg_stat_user_tables where relname = 'outgoing'""")
                .query(Long.class)
                .single();
    }

    private void set(long id, String state) {
        DATABASE.sql("update feedhub.outgoing set state = ? where id = ?")
                .params(state, id)
                .update();
    }

    private Delivery one(long id) {
        return ledger.newest(null, null, id + 1, 1).get(0);
    }

    private List<String> payloads() {
        return DATABASE.sql("select payload from feedhub.outgoing order by id")
                .query(String.class)
                .list();
    }

    static Outgoing message(String channel, int n) {
        return new Outgoing("f", null, null, channel, "{\"n\": " + n + "}", false, 0);
    }

    private static Outgoing ofRun(long run, int epoch) {
        return new Outgoing("f", run, epoch, "infra", "{}", false, 0);
    }
}
