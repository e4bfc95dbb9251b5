package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random edits of flows that run every second, from files and over the API. Each ends as it must, what runs is what was last
 * accepted, the other flows miss no instant, and when the folder is as it was at first, so is the hub.
 */
class RandomEditsTest {
    @TempDir
    private Path folder;

    @Test
    void sixtyEditsOfSixteenFlows() throws Exception {
        edit(60, 16, 3);
    }

    @Test
    @Tag("proof")
    void aThousandEditsOfSixtyFourFlows() throws Exception {
        edit(1_000, 64, 20261124);
    }

    private void edit(int edits, int flows, long seed) throws Exception {
        Path routes = folder.resolve("routes");
        List<TickingFlow> originals = Operators.flows(flows, routes);
        try (RunningHub hub =
                new RunningHub(routes, Map.of("feedhub.beans", folder.resolve("beans"), "test.ticks", true))) {
            Operators operators = new Operators(routes, originals, hub, seed);
            operators.edit(5);
            operators.restore(); // what the first edits made and the hub keeps is not left over
            Map<String, Long> before = Inventory.of(hub);
            operators.edit(edits);
            operators.assertWhatRunsIsWhatWasAccepted();
            operators.assertNoInstantMissing();
            operators.restore();
            operators.assertWhatRunsIsWhatWasAccepted();
            Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(
                            Inventory.leftOver(before, Inventory.of(hub)))
                    .isEmpty());
        }
    }
}
