package io.feedhub.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
            case "/scheduler/jobs" -> Map.of("jobs", jobs());
            case "/acmp" -> Map.of("profiles", profiles());
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

    /** One is late by an hour and failed. */
    private List<Map<String, Object>> jobs() {
        return List.of(
                job("j-1", "nightly backup", "active", Duration.ofHours(6)),
                job("j-2", "refresh of the vector index", "active", Duration.ofMinutes(10)),
                job("j-3", "digest of the mails", "failed", Duration.ofHours(-1)));
    }

    private Map<String, Object> job(String id, String name, String status, Duration due) {
        return Map.of(
                "id",
                id,
                "name",
                name,
                "status",
                status,
                "nextRun",
                thisHour().plus(due).toString());
    }

    /** One is nearly used up, and one fills in the course of each hour. */
    private List<Map<String, Object>> profiles() {
        long used = Duration.between(thisHour(), world.now()).toMinutes();
        return List.of(
                profile("p-1", "anthropic", 940, 1000),
                profile("p-2", "openai", 210, 500),
                profile("p-3", "google", used, 60));
    }

    private Map<String, Object> profile(String id, String provider, long used, long limit) {
        return Map.of(
                "id", id,
                "provider", provider,
                "used", used,
                "limit", limit,
                "resetsAt", thisHour().plus(Duration.ofHours(1)).toString());
    }

    private Instant thisHour() {
        return world.now().truncatedTo(ChronoUnit.HOURS);
    }

    private static List<Map<String, Object>> entries(Map<String, String> named, String value) {
        return named.entrySet().stream()
                .map(entry -> Map.<String, Object>of("name", entry.getKey(), value, entry.getValue()))
                .toList();
    }
}
