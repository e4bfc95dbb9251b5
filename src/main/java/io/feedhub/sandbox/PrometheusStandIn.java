package io.feedhub.sandbox;

import java.util.List;
import java.util.Map;

/** Prometheus' instant query, enough for {@code up}. */
final class PrometheusStandIn implements StandIn {
    private final World world;

    PrometheusStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.path().equals("/api/v1/query")) {
            return Reply.of(404, Map.of("status", "error", "errorType", "not_found", "error", "no such endpoint"));
        }
        if (request.query().getOrDefault("query", "").isBlank()) {
            return Reply.of(
                    400, Map.of("status", "error", "errorType", "bad_data", "error", "invalid parameter \"query\""));
        }
        List<Map<String, Object>> result = world.nodes().entrySet().stream()
                .map(node -> Map.<String, Object>of(
                        "metric", Map.of("__name__", "up", "job", "node", "instance", node.getKey()),
                        "value",
                                List.of(
                                        world.now().toEpochMilli() / 1000.0,
                                        node.getValue().equals("online") ? "1" : "0")))
                .toList();
        return Reply.ok(Map.of("status", "success", "data", Map.of("resultType", "vector", "result", result)));
    }
}
