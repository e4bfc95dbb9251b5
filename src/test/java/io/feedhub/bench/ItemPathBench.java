package io.feedhub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fetch a list, keep what is new, enrich each item by HTTP, insert its row, post its message: the hub against plain Camel
 * and bare JDBC. It prints figures and fails only when an item is lost or doubled.
 */
@Tag("bench")
class ItemPathBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int ITEMS = Integer.getInteger("bench.items", 20_000);

    /** Only the hub, to look at it with a profiler. */
    private static final boolean ALONE = Boolean.getBoolean("bench.alone");

    private final List<Contender> contenders = new ArrayList<>();

    private Arena arena;

    @BeforeEach
    void open() throws IOException {
        arena = new Arena();
    }

    @AfterEach
    void close() throws IOException {
        contenders.forEach(Contender::close);
        arena.close();
    }

    @Test
    void warm() throws IOException {
        contenders.add(Hub.start(arena, "hub"));
        if (!ALONE) {
            contenders.add(Peer.camel(arena, "camel_1", 1));
            contenders.add(Peer.camel(arena, "camel_8", 8));
            contenders.add(Peer.bare(arena, "bare"));
        }
        Map<Contender, List<Figures>> rounds = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (Contender contender : contenders) {
                Figures figures = Figures.measure(arena, contender, ITEMS);
                if (round > 0) { // the first one warms up
                    rounds.computeIfAbsent(contender, any -> new ArrayList<>()).add(figures);
                }
            }
        }
        print("%,d items, warm".formatted(ITEMS), rounds);
        assertThat(rounds).hasSize(contenders.size());
    }

    @Test
    void cold() throws IOException {
        Map<String, List<Figures>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Start start : List.<Start>of(
                    Hub::start,
                    (where, name) -> Peer.camel(where, name + "_1", 1),
                    (where, name) -> Peer.camel(where, name + "_8", 8),
                    (where, name) -> Peer.bare(where, name + "_bare"))) {
                try (Contender contender = start.in(arena, "cold" + round)) {
                    rounds.computeIfAbsent(contender.name(), any -> new ArrayList<>())
                            .add(Figures.measure(arena, contender, 2_000));
                }
            }
        }
        printNamed("2,000 items, the first round of a process", rounds);
        assertThat(rounds).hasSize(4);
    }

    /** A burst in one run, in a heap of 256 MB. */
    @Test
    void burst() throws IOException {
        Hub hub = Hub.start(arena, "burst", Map.of("_java_options", "-Xmx256m"));
        contenders.add(hub);
        System.out.printf("%n100,000 items in one run, -Xmx256m%n");
        Figures.head();
        Figures.row("Feed-Hub", List.of(Figures.measure(arena, hub, 100_000)));
        assertThat(hub.process().isAlive()).isTrue();
    }

    private static void print(String title, Map<Contender, List<Figures>> rounds) {
        Map<String, List<Figures>> named = new LinkedHashMap<>();
        rounds.forEach((contender, figures) -> named.put(contender.name(), figures));
        printNamed(title, named);
    }

    private static void printNamed(String title, Map<String, List<Figures>> rounds) {
        System.out.printf("%n%s, medians of %d%n", title, ROUNDS);
        Figures.head();
        rounds.forEach(Figures::row);
        double hub = Figures.median(rounds.getOrDefault("Feed-Hub", List.of()), Figures::itemsPerSecond);
        rounds.forEach((name, figures) -> System.out.printf(
                "Feed-Hub : %-18s %.2f%n", name, hub / Figures.median(figures, Figures::itemsPerSecond)));
    }

    @FunctionalInterface
    private interface Start {
        Contender in(Arena arena, String name) throws IOException;
    }
}
