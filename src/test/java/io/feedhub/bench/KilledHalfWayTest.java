package io.feedhub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The hub is killed when half of a list has its rows, started again, and given the same list: each item has one row and
 * one message, nothing is posted twice, and what may be missing is what the ledger says is unknown.
 */
class KilledHalfWayTest {
    @Test
    @Tag("proof")
    void sixteenHundredItems() throws Exception {
        kill(1_600);
    }

    private static void kill(int size) throws IOException, InterruptedException {
        try (Arena arena = new Arena()) {
            int expected = arena.nextRound(size);
            Hub hub = Hub.startFromClasses(arena, "killed");
            try (hub) {
                hub.begin();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> hub.count("select count(*) from item") > expected / 2);
                hub.process().destroyForcibly().waitFor();
            }
            long rowsBefore = hub.count("select count(*) from item");
            try (Hub again = hub.restart()) {
                again.begin();
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> again.isOver() && again.count("select count(*) from item") == expected);
                assertNothingIsLostOrDoubled(arena, again, expected, rowsBefore);
            }
        }
    }

    private static void assertNothingIsLostOrDoubled(Arena arena, Hub hub, int expected, long rowsBefore)
            throws IOException {
        long delivered = hub.count("select count(*) from feedhub.outgoing where state = 'delivered'");
        long unknown = hub.count("select count(*) from feedhub.outgoing where state = 'unknown'");
        long posted = Figures.stats(arena).path("posted").asLong();
        System.out.printf(
                "killed after %d of %d rows; in the end %d delivered, %d unknown, %d posted%n",
                rowsBefore, expected, delivered, unknown, posted);
        assertThat(hub.count("select count(distinct payload #>> '{embeds,0,title}') from feedhub.outgoing"))
                .isEqualTo(expected);
        assertThat(hub.count("select count(*) from feedhub.outgoing")).isEqualTo(expected);
        assertThat(delivered + unknown).isEqualTo(expected);
        assertThat(Figures.stats(arena).path("doubled").asInt()).isZero();
        assertThat(posted).isBetween(delivered, delivered + unknown);
    }
}
