package io.feedhub.console.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHealthTest {
    @TempDir
    private Path routes;

    /** The database answers all else, and no flow runs. */
    @Test
    void aNodeWhoseBeatsAreNotTakenSaysSo() {
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            assertThat(node(hub)).isEqualTo("UP");
            hub.database()
                    .sql("alter table feedhub.node add constraint mute check (false) not valid")
                    .update();
            Awaitility.await().until(() -> node(hub).equals("DEGRADED"));
            assertThat(hub.get("/observe/health").path("status").asText()).isEqualTo("DEGRADED");
        }
    }

    private static String node(RunningHub hub) {
        return hub.get("/observe/health").at("/components/node/status").asText();
    }
}
