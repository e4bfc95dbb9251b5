package io.feedhub.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run may be: waiting, under way, or one of the four ends. The words are those of the check constraint on
 * {@code feedhub.occurrence.outcome}; the API, the desk and the metrics say the same.
 */
public enum RunOutcome {
    /** It waits for a node. */
    PLANNED("planned"),
    /** A node has claimed it. */
    RUNNING("running"),
    /** It came to its end. */
    DONE("done"),
    /** It was begun, and did not come to its end. */
    FAILED("failed"),
    /** It was not begun, as the flow's terms want: a run was still on, or the flow was paused or deleted. */
    SKIPPED("skipped"),
    /** It was not begun, since no node could at its time. */
    MISSED("missed");

    private final String word;

    RunOutcome(String word) {
        this.word = word;
    }

    /** The word for it outside of Java. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The words of all of them. */
    public static List<String> words() {
        return Stream.of(values()).map(RunOutcome::word).toList();
    }

    /**
     * The outcome that a column or a parameter names.
     *
     * @throws IllegalArgumentException when there is none of this word; its message lists those that there are
     */
    public static RunOutcome of(String word) {
        return Stream.of(values())
                .filter(outcome -> outcome.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("outcome must be one of " + String.join(", ", words())));
    }

    /** The word, so that it can stand in a sentence. */
    @Override
    public String toString() {
        return word;
    }
}
