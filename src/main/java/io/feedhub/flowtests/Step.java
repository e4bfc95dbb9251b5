package io.feedhub.flowtests;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * One or more runs of the flow, and what changes before them.
 *
 * @param runs how often it runs, a minute apart
 * @param after how long after the run before, such as 5m or 1h
 * @param answers what services answer from now on, by call
 * @param rows rows that are added before the run, by table
 * @param body what starts a flow that has no schedule, such as the body of a request
 */
record Step(
        int runs,
        @Nullable String after,
        Map<String, @Nullable Object> answers,
        Map<String, List<Map<String, @Nullable Object>>> rows,
        @Nullable Object body) {
    private static final Pattern SHORT = Pattern.compile("(\\d+) runs?");

    static final Step ONE_RUN = new Step(1, null, Map.of(), Map.of(), null);

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the file leaves out
    Step {
        runs = runs == 0 ? 1 : runs;
        answers = answers == null ? Map.of() : answers;
        rows = rows == null ? Map.of() : rows;
    }

    /** Reads "3 runs". */
    @JsonCreator
    static Step of(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("write a number of runs, such as: 3 runs");
        }
        return new Step(Integer.parseInt(matcher.group(1)), null, Map.of(), Map.of(), null);
    }

    Duration pause() {
        return after == null ? Duration.ofMinutes(1) : DurationStyle.SIMPLE.parse(after);
    }
}
