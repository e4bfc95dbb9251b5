package io.feedhub.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Tells a value's kind from what it looks like in all copies, where that leaves no doubt. */
final class Shape {
    private static final Pattern COUNTER =
            words("count|counter|total|totals|runs|processed|sent|posted|streak|errors|num");
    private static final Pattern CURSOR =
            words("cursor|offset|since|until|token|etag|page|last|latest|newest|checkpoint");
    private static final Pattern TIME =
            words("at|time|timestamp|ts|date|updated|checked|since|until|run|seen|sync|synced");

    private Shape() {}

    /** The kind of a member, or empty when a rule must say. */
    static Optional<Kind> of(String name, Collection<Value> values) {
        if (all(values, Shape::isIds)) {
            return Optional.of(Kind.IDS);
        }
        if (all(values, JsonNode::isObject)) {
            return Optional.of(Kind.MAP);
        }
        if (all(values, JsonNode::isTextual)
                && values.stream().allMatch(value -> value.time().isPresent())) {
            return Optional.of(Kind.LATEST);
        }
        if (all(values, JsonNode::isNumber)) {
            return ofNumbers(name);
        }
        if (all(values, JsonNode::isTextual) && CURSOR.matcher(name).find()) {
            return Optional.of(Kind.NEWEST);
        }
        boolean same = values.stream().map(Value::json).distinct().count() == 1;
        return same ? Optional.of(Kind.NEWEST) : Optional.empty();
    }

    private static Optional<Kind> ofNumbers(String name) {
        boolean counts = COUNTER.matcher(name).find();
        boolean points = CURSOR.matcher(name).find();
        boolean tells = TIME.matcher(name).find();
        if (counts) {
            return points || tells ? Optional.empty() : Optional.of(Kind.LARGEST);
        }
        return tells ? Optional.of(Kind.LATEST) : points ? Optional.of(Kind.NEWEST) : Optional.empty();
    }

    /** A value's parts by key, as a kind sees them. */
    static Map<String, Value> parts(Kind kind, Value value) {
        JsonNode json = value.json();
        Map<String, Value> parts = new TreeMap<>();
        switch (kind) {
            case IDS, LIST -> ids(json, parts, value.copy());
            case MAP ->
                json.properties()
                        .forEach(member -> parts.put(member.getKey(), new Value(member.getValue(), value.copy())));
            default -> parts.put("", value);
        }
        return parts;
    }

    /** Whether a value has the form that a kind needs. */
    static boolean fits(Kind kind, Value value) {
        return switch (kind) {
            case IDS -> isIds(value.json()) || value.json().isObject();
            case LIST -> value.json().isArray();
            case MAP -> value.json().isObject();
            case LATEST -> value.time().isPresent();
            case LARGEST -> value.number().isPresent();
            case NEWEST, IGNORE -> true;
        };
    }

    private static void ids(JsonNode json, Map<String, Value> parts, Origin copy) {
        if (json.isObject()) {
            json.fieldNames().forEachRemaining(id -> parts.put(id, new Value(json.get(id), copy)));
        } else {
            json.forEach(id -> parts.put(id.isValueNode() ? id.asText() : id.toString(), new Value(id, copy)));
        }
    }

    private static boolean isIds(JsonNode json) {
        return json.isArray()
                && StreamSupport.stream(json.spliterator(), false)
                        .allMatch(id -> id.isTextual() || id.isIntegralNumber());
    }

    private static boolean all(Collection<Value> values, Predicate<JsonNode> form) {
        return values.stream().map(Value::json).allMatch(form);
    }

    private static Pattern words(String words) {
        return Pattern.compile("(^|[_\\-. ])(" + words + ")($|[_\\-. ])", Pattern.CASE_INSENSITIVE);
    }
}
