package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When what is planned is left for the next look. */
class PlannedRunsTest {
    private static final String FLOW = "heartbeat_pulse";

    @TempDir
    private Path routes;

    /** A run that began and was handed over would have one beginning less. */
    @Test
    void aRunOfAFlowThatIsBeingExchangedIsNotBegun() throws IOException {
        Files.copy(
                Path.of("routes/infrastructure/heartbeat_pulse.yaml"),
                Files.createDirectories(routes.resolve("infrastructure")).resolve("heartbeat_pulse.yaml"));
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            Consumer starter = hub.bean(CamelContext.class).getRoute(FLOW).getConsumer();
            ServiceHelper.suspendService(starter); // as an edit does first of all
            hub.bean(Timetable.class).runNow(FLOW, null);
            hub.bean(PlannedRuns.class).run();
            assertThat(run(hub)).isEqualTo("planned, epoch 1");
            ServiceHelper.resumeService(starter);
            Awaitility.await().untilAsserted(() -> assertThat(run(hub)).isEqualTo("done, epoch 2"));
        }
    }

    private static String run(RunningHub hub) {
        return hub.database()
                .sql("select outcome || ', epoch ' || epoch from feedhub.occurrence")
                .query(String.class)
                .single();
    }
}
