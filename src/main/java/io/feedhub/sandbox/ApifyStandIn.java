package io.feedhub.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Apify's runs and datasets. A run is READY when started, RUNNING when first asked for, then SUCCEEDED. */
final class ApifyStandIn implements StandIn {
    private static final int PAGE = 50;

    private final World world;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final List<Map<String, Object>> started = new CopyOnWriteArrayList<>();

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
            started.add(0, run(id, "RUNNING"));
            return Reply.of(201, Map.of("data", run(id, "READY")));
        }
        if (request.is("GET", "/v2/actors/[^/]+/runs")) {
            return Reply.ok(Map.of("data", Map.of("items", started, "total", started.size())));
        }
        if (request.is("GET", "/v2/actor-runs/[^/]+")) {
            return status(request.part(2));
        }
        if (request.is("GET", "/v2/datasets/[^/]+/items")) {
            return items(request.query());
        }
        return error(404, "page-not-found", "We have bad news: there is no API endpoint at this URL.");
    }

    @Override
    public Reply limited() {
        return error(429, "rate-limit-exceeded", "You have exceeded the rate limit of 60 requests per second");
    }

    /** Each dataset begins with an empty item. Asked for clean ones, Apify leaves it out of its page, which is then short. */
    private Reply items(Map<String, String> query) {
        List<Map<String, Object>> dataset = new ArrayList<>(world.newestPosts(PAGE));
        dataset.add(0, Map.of());
        int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
        int limit = Integer.parseInt(query.getOrDefault("limit", String.valueOf(PAGE)));
        boolean clean = query.getOrDefault("clean", "0").matches("1|true");
        List<Map<String, Object>> page = dataset.stream()
                .skip(offset)
                .limit(limit)
                .filter(item -> !clean || !item.isEmpty())
                .toList();
        Map<String, String> headers = Map.of(
                "X-Apify-Pagination-Offset", String.valueOf(offset),
                "X-Apify-Pagination-Limit", String.valueOf(limit),
                "X-Apify-Pagination-Count", String.valueOf(page.size()),
                "X-Apify-Pagination-Total", String.valueOf(dataset.size()));
        return new Reply(200, headers, page);
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
        run.put("meta", Map.of("origin", "API"));
        run.put("stats", Map.of("restartCount", 0, "resurrectCount", 0, "computeUnits", 0.01));
        run.put("options", Map.of("build", "latest", "timeoutSecs", 300, "memoryMbytes", 1024, "diskMbytes", 2048));
        run.put("buildId", "standInBuild");
        run.put("generalAccess", "RESTRICTED");
        run.put("defaultKeyValueStoreId", "store-" + id);
        run.put("defaultDatasetId", "dataset-" + id);
        run.put("defaultRequestQueueId", "queue-" + id);
        return run;
    }

    private static Reply error(int status, String type, String message) {
        return Reply.of(status, Map.of("error", Map.of("type", type, "message", message)));
    }
}
