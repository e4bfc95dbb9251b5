package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.nodes.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class OccurrencesTest {
    private final JdbcClient database =
            JdbcClient.create(TestDatabase.migrated().dataSource());

    @Test
    void oneNodeWinsEachInstant() throws Exception {
        List<Callable<Optional<Long>>> nodes = new ArrayList<>();
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        for (int i = 0; i < 6; i++) {
            Occurrences occurrences = on("node" + i);
            for (int second = 0; second < 50; second++) {
                Instant instant = noon.plusSeconds(second);
                nodes.add(() -> occurrences.claim("flow", instant));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        int won = 0;
        for (Future<Optional<Long>> claim : threads.invokeAll(nodes)) {
            won += claim.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(won).isEqualTo(50);
    }

    @Test
    void whatAKilledNodeHadBegunIsClosedByItsNextStartAndByNoOther() {
        long mine = on("a").claim("flow", Instant.EPOCH).orElseThrow();
        long other = on("b").claim("other", Instant.EPOCH).orElseThrow();
        assertThat(on("a").closeInterrupted()).isEqualTo(1);
        assertThat(on("a").find(mine).orElseThrow().error()).contains("interrupted");
        assertThat(on("a").find(other).orElseThrow().outcome()).isEqualTo("running");
    }

    @Test
    void aClosedRunStaysAsItIs() {
        Occurrences occurrences = on("a");
        long run = occurrences.claim("flow", Instant.EPOCH).orElseThrow();
        occurrences.close(run, new Tally(), null);
        occurrences.close(run, new Tally(), "too late");
        assertThat(occurrences.find(run).orElseThrow().outcome()).isEqualTo("done");
    }

    private Occurrences on(String node) {
        return new Occurrences(database, new Node(node, List.of()));
    }
}
