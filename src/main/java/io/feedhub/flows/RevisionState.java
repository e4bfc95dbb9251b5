package io.feedhub.flows;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of an edit. The words are those of the check constraint on {@code feedhub.flow_revision.state}; the API and the
 * desk say the same.
 */
public enum RevisionState {
    /** It went live. */
    ACCEPTED("accepted"),
    /** It was the end of its file. */
    DELETED("deleted"),
    /** It could not run. */
    REFUSED("refused"),
    /** Another had gone live since the one that it was made from. */
    CONFLICT("conflict");

    private final String word;

    RevisionState(String word) {
        this.word = word;
    }

    /** The word for it outside of Java. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The words of all of them. */
    static List<String> words() {
        return Stream.of(values()).map(RevisionState::word).toList();
    }

    /**
     * The state that a column names.
     *
     * @throws IllegalArgumentException when there is none of this word; its message lists those that there are
     */
    static RevisionState of(String word) {
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
