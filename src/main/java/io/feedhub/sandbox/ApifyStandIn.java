package io.feedhub.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Apify's runs and datasets. A run is READY when started, RUNNING when first asked for, then SUCCEEDED. */
final class ApifyStandIn implements StandIn {
    private static final int PAGE = 50;

    private final World world;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    ApifyStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.header("authorization").startsWith("Bearer ")) {
            return error(401, "user-or-token-not-found", "User was not found or authentication token is not valid");
        }
        if (request.is("POST", "/v2/actors/[^/]+/runs")) {
            String id = "run" + numbers.incrementAndGet();
            asked.put(id, 0);
            return Reply.of(201, Map.of("data", run(id, "READY")));
        }
        if (request.is("GET", "/v2/actor-runs/[^/]+")) {
            return status(request.part(2));
        }
        if (request.is("GET", "/v2/datasets/[^/]+/items")) {
            int limit = Integer.parseInt(request.query().getOrDefault("limit", String.valueOf(PAGE)));
            return Reply.ok(world.newestPosts(Math.min(limit, PAGE)));
        }
        return error(404, "page-not-found", "We have bad news: there is no API endpoint at this URL.");
    }

    private Reply status(String id) {
        Integer times = asked.computeIfPresent(id, (run, count) -> count + 1);
        return times == null
                ? error(404, "record-not-found", "Actor run was not found")
                : Reply.ok(Map.of("data", run(id, times == 1 ? "RUNNING" : "SUCCEEDED")));
    }

    private Map<String, Object> run(String id, String status) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("id", id);
        run.put("actId", "standInActor");
        run.put("userId", "standInUser");
        run.put("startedAt", world.now().toString());
        run.put("status", status);
        run.put("defaultDatasetId", "dataset-" + id);
        return run;
    }

    private static Reply error(int status, String type, String message) {
        return Reply.of(status, Map.of("error", Map.of("type", type, "message", message)));
    }
}
