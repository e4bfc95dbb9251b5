package io.feedhub.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Orbit's designs, as docs/private-services.md assumes them: a design is ready when it is asked for the second time. */
final class OrbitStandIn implements StandIn {
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    @Override
    public Reply answer(Request request) {
        if (request.is("POST", "/designs")) {
            String id = "design-" + numbers.incrementAndGet();
            asked.put(id, 0);
            return Reply.of(201, Map.of("id", id, "status", "queued"));
        }
        if (!request.is("GET", "/designs/[^/]+")) {
            return Reply.of(404, Map.of("error", "no such endpoint"));
        }
        String id = request.part(1);
        Integer times = asked.computeIfPresent(id, (design, count) -> count + 1);
        if (times == null) {
            return Reply.of(404, Map.of("error", "no such design"));
        }
        return Reply.ok(
                times == 1
                        ? Map.of("id", id, "status", "rendering")
                        : Map.of("id", id, "status", "done", "assetUrl", "https://orbit.example.com/" + id + ".png"));
    }
}
