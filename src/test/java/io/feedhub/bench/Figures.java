package io.feedhub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.awaitility.Awaitility;

/**
 * What one round of the job took.
 *
 * @param itemsPerSecond items on the list, from the fetch to the last post
 * @param cpuPerThousand CPU seconds of the contender's process for 1,000 items
 * @param statements SQL statements an item, without BEGIN and COMMIT
 * @param commits transactions an item
 * @param syncs WAL syncs an item
 * @param firstPost milliseconds from the fetch to the first post
 * @param peak the process's largest resident size so far, MB
 */
record Figures(
        double itemsPerSecond,
        double cpuPerThousand,
        double statements,
        double commits,
        double syncs,
        double firstPost,
        double peak) {

    /** Runs one round and fails when an item is lost or doubled. */
    static Figures measure(Arena arena, Contender contender, int size) throws IOException {
        int expected = arena.nextRound(size);
        long rows = rows(arena, contender);
        Arena.Work before = arena.work(contender.database());
        Duration cpu = cpu(contender);
        contender.begin();
        JsonNode stats = awaitEnd(arena, contender, expected);
        Arena.Work work = arena.work(contender.database()).since(before);
        if (stats.path("doubled").asInt() != 0 || rows(arena, contender) - rows != expected) {
            throw new AssertionError(contender.name() + " lost or doubled items: " + stats);
        }
        return new Figures(
                size * 1e6 / stats.path("lastPostMicros").asLong(),
                (cpu(contender).toMillis() - cpu.toMillis()) / (double) size,
                work.statements() / (double) size,
                work.commits() / (double) size,
                work.syncs() / (double) size,
                stats.path("firstPostMicros").asLong() / 1000.0,
                peak(contender));
    }

    private static JsonNode awaitEnd(Arena arena, Contender contender, int expected) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> stats(arena), stats -> stats.path("posted").asInt() >= expected && contender.isOver());
    }

    static JsonNode stats(Arena arena) throws IOException {
        return new ObjectMapper().readTree(arena.get("/stats"));
    }

    private static long rows(Arena arena, Contender contender) {
        return arena.database(contender.database())
                .sql("select count(*) from item")
                .query(Long.class)
                .single();
    }

    private static Duration cpu(Contender contender) {
        return contender.process().toHandle().info().totalCpuDuration().orElseThrow();
    }

    private static double peak(Contender contender) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + contender.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    static void head() {
        System.out.printf(
                "%n%-18s %9s %17s %10s %9s %9s %9s %10s %8s%n",
                "", "items/s", "(min – max)", "CPU s/1000", "SQL/item", "tx/item", "sync/item", "first ms", "peak MB");
    }

    static void row(String name, List<Figures> rounds) {
        double[] speeds =
                rounds.stream().mapToDouble(Figures::itemsPerSecond).sorted().toArray();
        System.out.printf(
                "%-18s %9.0f %17s %10.2f %9.3f %9.3f %9.3f %10.0f %8.0f%n",
                name,
                median(rounds, Figures::itemsPerSecond),
                "(%.0f – %.0f)".formatted(speeds[0], speeds[speeds.length - 1]),
                median(rounds, Figures::cpuPerThousand),
                median(rounds, Figures::statements),
                median(rounds, Figures::commits),
                median(rounds, Figures::syncs),
                median(rounds, Figures::firstPost),
                median(rounds, Figures::peak));
    }
}
