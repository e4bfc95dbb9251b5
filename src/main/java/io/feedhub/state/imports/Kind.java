package io.feedhub.state.imports;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the copies of a value become one. Each kind keeps, for each key, the greater of two values in an order of its own, so
 * the copies may come in any order, in any grouping and more than once.
 */
enum Kind {
    /** A set of ids: all that any copy has. They become seen keys. */
    IDS,
    /** A set that stays a list in a variable: all that any copy has. */
    LIST,
    /** A map: key by key, what the newest copy has. */
    MAP,
    /** A cursor: what the newest copy has. */
    NEWEST,
    /** A timestamp: the latest. */
    LATEST,
    /** A counter: the largest. */
    LARGEST,
    /** Not imported, because a rule says so. */
    IGNORE;

    /** Two copies' values by key become one; a single value has the key "". */
    Map<String, Value> merge(Map<String, Value> one, Map<String, Value> other) {
        Comparator<Value> order = order();
        Map<String, Value> merged = new TreeMap<>(one);
        other.forEach((key, value) -> merged.merge(key, value, (a, b) -> order.compare(a, b) >= 0 ? a : b));
        return merged;
    }

    private Comparator<Value> order() {
        return switch (this) {
            case LATEST -> Value.LATEST;
            case LARGEST -> Value.LARGEST;
            default -> Value.NEWEST;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
