package io.feedhub.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** NUMU FARE's gateway, as far as it is known; the shapes are the ones docs/numu.md assumes. */
final class NumuStandIn implements StandIn {
    private final World world;

    NumuStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        if (request.is("POST", "/memory/seed")) {
            return Reply.of(202, Map.of("accepted", true));
        }
        if (!request.method().equals("GET")) {
            return Reply.of(405, Map.of("error", "method not allowed"));
        }
        Object body = body(request.path());
        return body == null ? Reply.of(404, Map.of("error", "no such endpoint")) : Reply.ok(body);
    }

    private @org.jspecify.annotations.Nullable Object body(String path) {
        return switch (path) {
            case "/sentinel" -> Map.of("generated_at", world.now().toString(), "services", services());
            case "/fleet" -> Map.of("nodes", entries(world.nodes(), "status"));
            case "/registry" ->
                Map.of("agents", List.of(Map.of("id", "a-1", "name", "scribe"), Map.of("id", "a-2", "name", "editor")));
            case "/dispatch/queue" -> Map.of("tasks", tasks());
            case "/scheduler/jobs" -> Map.of("jobs", List.of());
            case "/acmp" -> Map.of("profiles", List.of());
            default -> null;
        };
    }

    private List<Map<String, Object>> services() {
        return world.services().entrySet().stream()
                .map(service -> Map.<String, Object>of(
                        "name", service.getKey(),
                        "status", service.getValue(),
                        "detail", service.getValue().equals("healthy") ? "" : "no answer to its last three probes"))
                .toList();
    }

    private List<Map<String, Object>> tasks() {
        return world.tasks().entrySet().stream()
                .map(task -> Map.<String, Object>of(
                        "id",
                        "t-" + Integer.toHexString(Objects.hash(task.getKey())),
                        "title",
                        task.getKey(),
                        "status",
                        task.getValue(),
                        "agent",
                        "a-1"))
                .toList();
    }

    private static List<Map<String, Object>> entries(Map<String, String> named, String value) {
        return named.entrySet().stream()
                .map(entry -> Map.<String, Object>of("name", entry.getKey(), value, entry.getValue()))
                .toList();
    }
}
