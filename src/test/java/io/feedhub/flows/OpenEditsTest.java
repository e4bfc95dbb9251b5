package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which refused edits are still somebody's to mend. */
class OpenEditsTest {
    private final JdbcClient sql = JdbcClient.create(TestDatabase.migrated().dataSource());
    private final Revisions revisions = new Revisions(
            sql,
            new FlowSettings(
                    Path.of("routes"),
                    Path.of("beans"),
                    new FlowSettings.NodeSettings("here"),
                    new FlowSettings.EditSettings(Duration.ZERO, Duration.ZERO, 3, true)),
            new Json(new ObjectMapper()));

    @Test
    void aRefusedEditOfANodeThatIsGoneCountsNoMore() {
        sql.sql(
                        """
                insert into feedhub.node (name, version, beat_at)
                values ('peer', '', now() - interval '23 hours'), ('silent', '', now() - interval '25 hours')""")
                .update();
        sql.sql(
                        """
                insert into feedhub.flow_revision
                  (flow, revision, file, state, content, sha256, author, origin, node, base, open)
                select 'f', row_number() over (), 'f.yaml', 'refused', '', '', '', 'file', node, 0, true
                from unnest(array['here', 'peer', 'silent', 'container-1']) node""")
                .update();
        assertThat(revisions.open()).extracting(Revision::node).containsExactly("here", "peer");
        sql.sql("update feedhub.node set beat_at = now()").update();
        assertThat(revisions.open())
                .as("its file is still so")
                .extracting(Revision::node)
                .containsExactly("here", "peer", "silent");
    }
}
