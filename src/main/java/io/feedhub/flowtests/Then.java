package io.feedhub.flowtests;

import io.feedhub.flows.check.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be the case after the last run. Posts and parked items are compared as a whole, also when they are left out;
 * of the others only what is named.
 *
 * @param outcome how the runs ended: one for all of them, or one for each; done unless said otherwise
 * @param error what the last failed run must give as its reason
 * @param posts what was written for each channel, oldest first
 * @param rows what tables hold, by table, in any order
 * @param remembered the flow's variables, by name; null for one that must not be there
 * @param seen the keys that the flow has dealt with
 * @param parked how many items were parked
 * @param calls what services were sent, by call, in order: the bodies, or how many
 */
record Then(
        List<String> outcome,
        @Nullable Object error,
        Map<String, List<@Nullable Object>> posts,
        Map<String, List<Map<String, @Nullable Object>>> rows,
        Map<String, @Nullable Object> remembered,
        @Nullable List<String> seen,
        int parked,
        Map<String, @Nullable Object> calls) {
    /** How a run that a case has begun can end. */
    private static final Set<String> OUTCOMES = Set.of("done", "failed", "skipped");

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the file leaves out
    Then {
        outcome = outcome == null ? List.of("done") : outcome;
        posts = posts == null ? Map.of() : posts;
        rows = rows == null ? Map.of() : rows;
        remembered = remembered == null ? Map.of() : remembered;
        calls = calls == null ? Map.of() : calls;
        outcome.forEach(Then::requireOutcome);
        posts.values().forEach(posted -> posted.forEach(Then::requireTone));
    }

    private static void requireOutcome(String word) {
        if (!OUTCOMES.contains(word)) {
            throw new IllegalArgumentException(
                    "there is no outcome " + word + "; " + Vocabulary.instead(word, OUTCOMES));
        }
    }

    private static void requireTone(@Nullable Object post) {
        if (post instanceof Map<?, ?> members && members.get("tone") instanceof String tone) {
            Tones.of(tone);
        }
    }

    String outcome(int run) {
        return outcome.get(Math.min(run, outcome.size() - 1));
    }
}
