package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hubs fill batches together and are killed while they do: every item is in exactly one delivered batch. */
class DigestKillTest {
    static final String BEANS =
            """
            - beans:
                - name: grouped
                  type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
                - name: filler-batches
                  type: io.feedhub.state.Batches
                  properties: { name: filler-batches, lease: 5, recoveryInterval: 1000 }
            """;

    @TempDir
    private Path folder;

    @Test
    void aKilledHubsItemsAreInOneDeliveredBatchEach() throws Exception {
        fill(1, 400, 1, 1);
    }

    @Test
    @Tag("proof")
    void threeHubsFillTwoHundredBatchesAndAreKilled() throws Exception {
        fill(3, 10_000, 8, 20261124);
    }

    private void fill(int hubs, int items, int kills, long seed) throws Exception {
        try (DigestRace race = new DigestRace(folder, BEANS, items)) {
            race.run(hubs, kills, seed);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> race.count("select count(distinct item) from delivered") == items
                            && race.count("select count(*) from feedhub.batch_completed") == 0);
            race.stop();
            assertThat(race.count("select count(*) from delivered")).isEqualTo(items);
            assertThat(race.count("select count(distinct batch) from delivered"))
                    .isEqualTo(items / DigestRace.SIZE);
            assertThat(
                            race.count(
                                    "select count(*) from (select batch from delivered group by batch having count(*) <> 50) odd"))
                    .isZero();
            assertThat(race.count("select count(*) from feedhub.batch")).isZero();
        }
    }
}
