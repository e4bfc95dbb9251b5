package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is saved while another node's revision waits here for the flow's run to end. */
class EditDuringSwapTest {
    private static final String FLOW =
            """
            - route:
                id: slow
                nodePrefixId: slow-
                group: operations
                description: as it was
                note: |-
                  when   every hour
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:operations/slow
                  parameters: { cron: "0 0 * * * ?" }
                  steps:
                    - delay: { constant: "4000" }
            """;

    @TempDir
    private Path folder;

    @Test
    void isNotOverwrittenButAConflict() throws IOException {
        TestDatabase database = TestDatabase.migrated();
        Path here = written("here");
        written("there");
        try (RunningHub hub = new RunningHub(folder.resolve("here"), Map.of("feedhub.node.name", "here"), database);
                RunningHub peer =
                        new RunningHub(folder.resolve("there"), Map.of("feedhub.node.name", "there"), database)) {
            hub.post("/api/flows/slow/run");
            Awaitility.await()
                    .until(() -> hub.count("select count(*) from feedhub.occurrence where node = 'here'") == 1);
            assertThat(peer.put("/api/flows/slow", "1", FLOW.replace("as it was", "of the peer"))
                            .statusCode())
                    .isEqualTo(200);
            Route route = hub.bean(CamelContext.class).getRoute("slow");
            Awaitility.await("the swap waits for the run").until(() -> ServiceHelper.isSuspended(route.getConsumer()));
            Files.writeString(here, FLOW.replace("as it was", "of the operator"));
            Awaitility.await()
                    .until(() -> hub.count("select count(*) from feedhub.flow_revision where state = 'conflict'") == 1);
            assertThat(Files.readString(here)).contains("of the operator");
        }
    }

    private Path written(String machine) throws IOException {
        Path file = folder.resolve(machine + "/operations/slow.yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, FLOW);
    }
}
