package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.flows.RevisionBatch.Newest;
import io.feedhub.flows.check.FlowFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a start asks of and writes for many flows at once. */
class RevisionBatchTest {
    private static final int KEPT = 3;

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcClient sql = JdbcClient.create(database);
    private final FlowSettings settings = new FlowSettings(
            Path.of("routes"),
            Path.of("beans"),
            new FlowSettings.NodeSettings("a"),
            new FlowSettings.EditSettings(Duration.ZERO, Duration.ZERO, KEPT, true));
    private final RevisionBatch revisionBatch = new RevisionBatch(sql, settings);
    private final Copies copies = new Copies(sql, settings);

    @Test
    void manyNewFlowsAreRecordedAtOnceAndKnownAfterwards() {
        assertThat(revisionBatch.accept(List.of(edit("one", "1", 0), edit("two", "1", 0))))
                .isEqualTo(Map.of("one", 1, "two", 1));
        copies.are(Map.of("one", 1));
        assertThat(revisionBatch.newest(List.of("one", "two", "three"))).containsOnlyKeys("one", "two");
        assertThat(newest("one").is(file("one", "1"))).isTrue();
        assertThat(newest("one").is(file("one", "2"))).isFalse();
        assertThat(newest("one").is(moved("one", "1"))).isFalse();
        assertThat(newest("one").isBaseOf(moved("one", "2"))).isFalse();
        assertThat(Newest.NONE.isBaseOf(file("three", "1"))).isTrue();
        assertThat(newest("one").isBaseOf(file("one", "2"))).isTrue();
        assertThat(newest("two").isBaseOf(file("two", "2")))
                .as("this node never saw in its folder what is live")
                .isFalse();
    }

    @Test
    void anEditThatAPeerWasFasterWithIsLeftAndTheOthersAreTaken() {
        revisionBatch.accept(List.of(edit("one", "theirs", 0)));
        assertThat(revisionBatch.accept(List.of(edit("one", "ours", 0), edit("two", "ours", 0))))
                .isEqualTo(Map.of("two", 1));
        assertThat(newest("one").is(file("one", "theirs"))).isTrue();
    }

    @Test
    void whatWasRefusedLastIsNotWhatAnEditIsMadeFrom() {
        revisionBatch.accept(List.of(edit("one", "1", 0)));
        copies.are(Map.of("one", 1));
        sql.sql(
                        "insert into feedhub.flow_revision (flow, revision, file, state, content, sha256, author, origin, node, base)"
                                + " select flow, 2, file, 'refused', 'bad', ?, author, origin, node, 1 from feedhub.flow_revision")
                .param(file("one", "bad").sha256())
                .update();
        assertThat(newest("one").isBaseOf(file("one", "2"))).isFalse();
        copies.are(Map.of("one", 2));
        assertThat(newest("one").copy()).isEqualTo(2);
        assertThat(newest("one").isBaseOf(file("one", "2"))).isFalse();
        assertThat(newest("one").is(file("one", "bad"))).isFalse();
    }

    @Test
    void peersAreToldOfEachEditThatWasTaken() throws SQLException {
        try (Connection peer = database.getConnection();
                Statement statement = peer.createStatement()) {
            statement.execute("listen feedhub_flows");
            revisionBatch.accept(List.of(edit("one", "1", 0), edit("late", "1", 7)));
            assertThat(peer.unwrap(PGConnection.class).getNotifications(10_000))
                    .extracting(PGNotification::getParameter)
                    .containsExactly("one");
        }
    }

    @Test
    void onlyTheNewestRevisionsAreKept() {
        for (int revision = 0; revision < KEPT + 2; revision++) {
            revisionBatch.accept(List.of(edit("one", "text " + revision, revision)));
        }
        assertThat(sql.sql("select revision from feedhub.flow_revision order by revision")
                        .query(Integer.class)
                        .list())
                .containsExactly(3, 4, 5);
        assertThat(revisionBatch.accept(List.of(edit("one", "late", 0))))
                .as("the number after an old base is free again, and still not the next one")
                .isEmpty();
    }

    @Test
    void refusedEditsDoNotPushOutWhatWentLive() {
        revisionBatch.accept(List.of(edit("one", "1", 0)));
        sql.sql(
                        """
                insert into feedhub.flow_revision (flow, revision, file, state, content, sha256, author, origin, node, base)
                select flow, n, file, 'refused', 'bad', '', author, origin, node, 1
                from feedhub.flow_revision, generate_series(2, 20) n""")
                .update();
        revisionBatch.accept(List.of(edit("one", "2", 20)));
        assertThat(sql.sql("select revision from feedhub.flow_revision order by revision")
                        .query(Integer.class)
                        .list())
                .startsWith(1)
                .endsWith(21)
                .hasSizeLessThan(2 + KEPT);
    }

    @Test
    void aRevisionThatANodesFolderStillHasIsKept() {
        sql.sql("insert into feedhub.flow_copy (node, flow, revision) values ('asleep', 'one', 1)")
                .update();
        for (int revision = 0; revision < KEPT + 2; revision++) {
            revisionBatch.accept(List.of(edit("one", "text " + revision, revision)));
        }
        assertThat(sql.sql("select revision from feedhub.flow_revision order by revision")
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 3, 4, 5);
    }

    private Newest newest(String flow) {
        return Objects.requireNonNull(revisionBatch.newest(List.of(flow)).get(flow));
    }

    private static Edit edit(String flow, String text, int base) {
        return Edit.of(file(flow, text), base, "somebody", Edit.FILE);
    }

    private static FlowFile moved(String flow, String text) {
        return new FlowFile("routes/design/" + flow + ".yaml", text);
    }

    private static FlowFile file(String flow, String text) {
        return new FlowFile("routes/infrastructure/" + flow + ".yaml", text);
    }
}
