package io.feedhub.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** EvoFlow TIE's runs, as docs/private-services.md assumes them: one begins every ten minutes and takes five. */
final class TieStandIn implements StandIn {
    private static final int SHOWN = 5;

    private final World world;

    TieStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        return request.is("GET", "/runs")
                ? Reply.ok(Map.of("runs", runs()))
                : Reply.of(404, Map.of("error", "no such endpoint"));
    }

    private List<Map<String, Object>> runs() {
        int newest = (int) (Duration.between(world.began(), world.now()).toMinutes() / 10) + 2;
        return IntStream.rangeClosed(Math.max(1, newest - SHOWN + 1), newest)
                .mapToObj(n -> Map.<String, Object>of(
                        "id",
                        "run-" + n,
                        "status",
                        n < newest ? "finished" : "running",
                        "generation",
                        n,
                        "fitness",
                        Math.round(1000 * (1 - 1.0 / (n + 1))) / 1000.0,
                        "startedAt",
                        world.began().plus(Duration.ofMinutes(10L * (n - 2))).toString()))
                .toList();
    }
}
