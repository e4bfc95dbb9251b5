package io.feedhub.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.commons.codec.digest.DigestUtils;

/** Google Cloud Storage: buckets that exist by themselves, objects that are written with a precondition. */
final class GcsStandIn implements StandIn {
    private final World world;
    private final Map<String, Map<String, Object>> objects = new ConcurrentSkipListMap<>();

    GcsStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.header("authorization").startsWith("Bearer ")) {
            return Reply.google(401, "global", "required", "Login Required.");
        }
        if (request.is("POST", "/upload/storage/v1/b/[^/]+/o")) {
            return insert(request);
        }
        if (request.is("GET", "/storage/v1/b/[^/]+/o")) {
            return list(request);
        }
        if (request.is("GET", "/storage/v1/b/[^/]+/o/[^/]+")) {
            String name = URLDecoder.decode(request.part(5), StandardCharsets.UTF_8);
            Map<String, Object> object = objects.get(request.part(3) + "/" + name);
            return object == null ? missing(name) : Reply.ok(object);
        }
        return Reply.google(404, "global", "notFound", "Not Found");
    }

    @Override
    public Reply limited() {
        return Reply.google(429, "usageLimits", "rateLimitExceeded", "The object exceeded the rate limit.");
    }

    private Reply insert(Request request) {
        String bucket = request.part(4);
        String name = request.query().getOrDefault("name", "");
        boolean mustBeNew = "0".equals(request.query().get("ifGenerationMatch"));
        Map<String, Object> object = object(bucket, name, request);
        boolean isNew = objects.putIfAbsent(bucket + "/" + name, object) == null;
        if (mustBeNew && !isNew) {
            return Reply.google(
                    412, "global", "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
        }
        objects.put(bucket + "/" + name, object);
        return Reply.ok(object);
    }

    private Reply list(Request request) {
        String start = request.part(3) + "/" + request.query().getOrDefault("prefix", "");
        List<Map<String, Object>> found = objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(start))
                .map(Map.Entry::getValue)
                .toList();
        return Reply.ok(
                found.isEmpty()
                        ? Map.of("kind", "storage#objects")
                        : Map.of("kind", "storage#objects", "items", found));
    }

    private Map<String, Object> object(String bucket, String name, Request request) {
        byte[] content = request.body().getBytes(StandardCharsets.UTF_8);
        String generation = Long.toString(world.now().toEpochMilli() * 1000);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", "storage#object");
        object.put("id", bucket + "/" + name + "/" + generation);
        object.put("name", name);
        object.put("bucket", bucket);
        object.put("generation", generation);
        object.put("metageneration", "1");
        object.put("contentType", request.header("content-type"));
        object.put("storageClass", "STANDARD");
        object.put("size", Integer.toString(content.length));
        object.put("md5Hash", md5(content));
        object.put("timeCreated", world.now().toString());
        object.put("updated", world.now().toString());
        return object;
    }

    private static Reply missing(String name) {
        return Reply.google(404, "global", "notFound", "No such object: " + name);
    }

    private static String md5(byte[] content) {
        return Base64.getEncoder().encodeToString(DigestUtils.md5(content));
    }
}
