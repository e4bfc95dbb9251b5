package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A hub that is told to stop while a flow runs. */
class StopTest {
    private static final String FLOW =
            """
            - route:
                id: parting
                nodePrefixId: parting-
                group: operations
                description: Takes a while before it posts, and after
                note: |-
                  when   asked
                  reads  nothing
                  writes nothing
                  posts  infra, one message a run
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:operations/parting
                  parameters: { cron: "0 0 0 1 1 ? 2099" }
                  steps:
                    - delay: { constant: "1500" }
                    - to:
                        uri: kamelet:discord-sink/parting-post
                        parameters: { channel: infra, title: Goodbye }
                    - delay: { constant: "1500" }
            """;

    @Test
    void whatEndsInTimeIsDoneAndWhatItPostsIsSent(@TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("operations")).resolve("parting.yaml"), FLOW);
        TestDatabase database = TestDatabase.migrated();
        JdbcClient sql = JdbcClient.create(database.dataSource());
        try (RunningHub hub = new RunningHub(folder, Map.of("feedhub.beans", folder.resolve("beans")), database)) {
            assertThat(hub.post("/api/flows/parting/run")).isEqualTo(202);
            Awaitility.await()
                    .until(() -> hub.count("select count(*) from feedhub.occurrence where outcome = 'running'") == 1);
        }
        assertThat(sql.sql("select outcome from feedhub.occurrence where flow = 'parting'")
                        .query(String.class)
                        .list())
                .containsExactly("done");
        assertThat(sql.sql("select state from feedhub.outgoing")
                        .query(String.class)
                        .list())
                .containsExactly("delivered");
    }
}
