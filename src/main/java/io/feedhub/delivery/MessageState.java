package io.feedhub.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a message on the ledger is. The words are those of the check constraint on {@code feedhub.outgoing.state}; the API,
 * the desk and the metrics say the same.
 */
public enum MessageState {
    /** It waits for its turn in its channel. */
    QUEUED("queued"),
    /** A node has taken it, and its answer is not written down. */
    SENDING("sending"),
    /** Discord has it. */
    DELIVERED("delivered"),
    /** Discord does not take it, so a person decides. */
    PARKED("parked"),
    /** Discord may have it or not, so a person decides. */
    UNKNOWN("unknown"),
    /** A person has let it be. */
    GIVEN_UP("given-up");

    private final String word;

    MessageState(String word) {
        this.word = word;
    }

    /** The word for it outside of Java. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The words of all of them. */
    public static List<String> words() {
        return Stream.of(values()).map(MessageState::word).toList();
    }

    /**
     * The state that a column or a parameter names.
     *
     * @throws IllegalArgumentException when there is none of this word; its message lists those that there are
     */
    public static MessageState of(String word) {
        return Stream.of(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state must be one of " + String.join(", ", words())));
    }

    /** The word, so that it can stand in a sentence. */
    @Override
    public String toString() {
        return word;
    }
}
