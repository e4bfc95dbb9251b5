package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processes race for the same items, and are killed while they do: every item's row and message exist once. */
class RaceTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @TempDir
    private Path folder;

    @Test
    void processesThatRaceAndAreKilledDoEachItemOnce() throws Exception {
        race(2, 3_000, 1, 1);
    }

    @Test
    @Tag("proof")
    void threeProcessesRaceForAHundredThousandItems() throws Exception {
        race(3, 100_000, 0, 20261124);
    }

    @Test
    @Tag("proof")
    void threeProcessesAreKilledTwentyTimes() throws Exception {
        race(3, 100_000, 20, 20261125);
    }

    private void race(int processes, int attempts, int kills, long seed) throws Exception {
        sql.sql("create table effect (key text not null)").update();
        Random random = new Random(seed);
        List<Process> racers = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            racers.add(start(attempts, random));
        }
        int distinct = Racer.distinct(attempts);
        for (int kill = 1; kill <= kills; kill++) {
            long wanted = (long) distinct * kill / (kills + 1) - random.nextInt(100);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1 + random.nextInt(30)))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> done() >= wanted);
            int victim = random.nextInt(processes);
            racers.get(victim).destroyForcibly().waitFor();
            racers.set(victim, start(attempts, random));
        }
        for (Process racer : racers) {
            assertThat(racer.waitFor()).isZero();
        }
        assertThat(Files.readString(output())).doesNotContain("ERROR");
        assertThat(done()).isEqualTo(distinct);
        assertThat(count("select count(distinct key) from effect")).isEqualTo(distinct);
        assertThat(count("select count(*) from feedhub.seen")).isEqualTo(distinct);
        assertThat(count("select count(*) from feedhub.outgoing")).isEqualTo(distinct);
        assertThat(count("select count(distinct payload) from feedhub.outgoing"))
                .isEqualTo(distinct);
    }

    private Process start(int attempts, Random random) throws IOException {
        return Racer.start(database.url(), "hub", attempts, random.nextLong(), output());
    }

    private Path output() {
        return folder.resolve("racers.log");
    }

    private long done() {
        return count("select count(*) from effect");
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }
}
