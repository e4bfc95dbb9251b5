package io.feedhub.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a message on the ledger is. The words are those of the check constraint on {@code feedhub.outgoing.state}; the API,
 * the desk and the metrics say the same.
 */
public enum MessageState {
    /** It waits for its turn in its channel. */
    QUEUED("queued", "waiting"),
    /** A node has taken it, and its answer is not written down. */
    SENDING("sending", "waiting"),
    /** Discord has it. */
    DELIVERED("delivered", "over"),
    /** Discord does not take it, so a person decides. */
    PARKED("parked", "undecided"),
    /** Discord may have it or not, so a person decides. */
    UNKNOWN("unknown", "undecided"),
    /** A person has let it be. */
    GIVEN_UP("given-up", "over");

    private final String word;
    private final String phase;

    MessageState(String word, String phase) {
        this.word = word;
        this.phase = phase;
    }

    /** The word for it outside of Java. */
    @JsonValue
    public String word() {
        return word;
    }

    /** What {@code feedhub.outgoing.phase} is in this state; the indexes of the ledger speak of it. */
    String phase() {
        return phase;
    }

    /** Whether a person may have a message sent again. */
    public boolean canBeRetried() {
        return switch (this) {
            case PARKED, UNKNOWN, GIVEN_UP -> true;
            case QUEUED, SENDING, DELIVERED -> false;
        };
    }

    /** Whether a person may let a message be as it is. */
    public boolean canBeGivenUp() {
        return switch (this) {
            case QUEUED, PARKED, UNKNOWN -> true;
            case SENDING, DELIVERED, GIVEN_UP -> false;
        };
    }

    /** The words of all of them. */
    public static List<String> words() {
        return words(state -> true);
    }

    /** The words of those of which something is so, in the order of a message's life. */
    public static List<String> words(Predicate<MessageState> which) {
        return Stream.of(values()).filter(which).map(MessageState::word).toList();
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
