package io.feedhub.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prometheus, where every query means {@code up}: whether each machine is there. */
final class PrometheusStandIn implements StandIn {
    private final World world;

    PrometheusStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        return switch (request.path()) {
            case "/api/v1/query" -> instant(request);
            case "/api/v1/query_range" -> overTime(request);
            case "/api/v1/alerts" -> success(Map.of("alerts", alerts()));
            default -> error(404, "not_found", "no such endpoint");
        };
    }

    private Reply instant(Request request) {
        return isBlank(request)
                ? error(400, "bad_data", "invalid parameter \"query\"")
                : success(Map.of(
                        "resultType",
                        "vector",
                        "result",
                        world.nodes().entrySet().stream()
                                .map(node -> Map.of(
                                        "metric", labels(node.getKey()),
                                        "value", point(world.now(), isUp(node.getValue()))))
                                .toList()));
    }

    private Reply overTime(Request request) {
        Instant at = Instant.parse(request.query().get("start"));
        Instant end = Instant.parse(request.query().get("end"));
        Duration step = Duration.ofSeconds(Long.parseLong(request.query().get("step")));
        if (isBlank(request) || step.isZero()) {
            return error(400, "bad_data", "invalid parameter \"query\" or \"step\"");
        }
        List<List<Object>> points = new ArrayList<>();
        for (; !at.isAfter(end); at = at.plus(step)) {
            points.add(point(at, "1"));
        }
        return success(Map.of(
                "resultType", "matrix", "result", List.of(Map.of("metric", labels("cloud-vm"), "values", points))));
    }

    private List<Map<String, Object>> alerts() {
        return world.nodes().entrySet().stream()
                .filter(node -> isUp(node.getValue()).equals("0"))
                .map(node -> Map.<String, Object>of(
                        "labels", Map.of("alertname", "MachineGone", "instance", node.getKey()),
                        "annotations", Map.of("summary", node.getKey() + " does not answer"),
                        "state", "firing",
                        "activeAt", world.began().toString(),
                        "value", "0e+00"))
                .toList();
    }

    private static boolean isBlank(Request request) {
        return request.query().getOrDefault("query", "").isBlank();
    }

    private static Map<String, String> labels(String node) {
        return Map.of("__name__", "up", "job", "node", "instance", node);
    }

    private static String isUp(String status) {
        return status.equals("online") ? "1" : "0";
    }

    private static List<Object> point(Instant at, String value) {
        return List.of(at.toEpochMilli() / 1000.0, value);
    }

    private static Reply success(Map<String, Object> data) {
        return Reply.ok(Map.of("status", "success", "data", data));
    }

    private static Reply error(int status, String type, String message) {
        return Reply.of(status, Map.of("status", "error", "errorType", type, "error", message));
    }
}
