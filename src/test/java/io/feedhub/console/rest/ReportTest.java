package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReportTest {
    private final JdbcClient database =
            JdbcClient.create(TestDatabase.migrated().dataSource());

    @Test
    void countsWhatWasPlannedAndWrittenSinceThen() {
        database.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, node, outcome, error)
                values ('a', '2026-03-02T12:00:00Z', 'n', 'done', null), ('a', '2026-03-02T12:01:00Z', 'n', 'failed', 'x'),
                       ('a', '2026-03-02T12:02:00Z', 'n', 'failed', 'y'), ('a', '2026-03-02T12:03:00Z', 'n', 'failed', 'y'),
                       ('a', '2026-03-02T11:59:00Z', 'n', 'done', null), ('b', '2026-03-02T12:00:00Z', 'n', 'missed', null)""")
                .update();
        database.sql(
                        """
                insert into feedhub.outgoing (flow, channel, payload, state, created_at)
                values ('a', 'ops', '{}', 'delivered', '2026-03-02T12:00:00Z'), ('a', 'ops', '{}', 'unknown', '2026-03-02T12:00:00Z'),
                       ('c', 'ops', '{}', 'parked', '2026-03-02T12:00:00Z'), ('c', 'ops', '{}', 'delivered', '2026-03-02T11:00:00Z')""")
                .update();
        assertThat(new Report(database).since(Instant.parse("2026-03-02T12:00:00Z")))
                .containsExactly(
                        new Report.Line("a", 4, 1, 3, 0, 0, 0, 2, 1, 0, 1, "y"),
                        new Report.Line("b", 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, null),
                        new Report.Line("c", 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, null));
    }
}
