package io.feedhub.flowtests;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the world is before a flow runs.
 *
 * @param time what time it is, for the plan and for SQL's now(); null for the real one
 * @param answers what services answer, by call: see {@link Script}
 * @param rows what tables hold, by table; every other table is empty
 * @param remembered the flow's variables, by name
 * @param seen the keys that the flow has dealt with
 */
record Given(
        @Nullable Instant time,
        Map<String, @Nullable Object> answers,
        Map<String, List<Map<String, @Nullable Object>>> rows,
        Map<String, @Nullable Object> remembered,
        List<String> seen) {

    static final Given NOTHING = new Given(null, Map.of(), Map.of(), Map.of(), List.of());

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the file leaves out
    Given {
        answers = answers == null ? Map.of() : answers;
        rows = rows == null ? Map.of() : rows;
        remembered = remembered == null ? Map.of() : remembered;
        seen = seen == null ? List.of() : seen;
    }

    /** This for all cases, with what one case says about the same call, table or name in its place. */
    Given with(Given own) {
        return new Given(
                own.time == null ? time : own.time,
                merged(answers, own.answers),
                merged(rows, own.rows),
                merged(remembered, own.remembered),
                own.seen.isEmpty() ? seen : own.seen);
    }

    static <V extends @Nullable Object> Map<String, V> merged(Map<String, V> all, Map<String, V> own) {
        Map<String, V> merged = new LinkedHashMap<>(all);
        merged.putAll(own);
        return merged;
    }
}
