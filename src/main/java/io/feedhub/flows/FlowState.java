package io.feedhub.flows;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How a flow stands on this node, the best first. No table has these words: they follow from what is loaded and paused. The
 * API, the desk and the metrics say them in small letters.
 */
public enum FlowState {
    /** Its file is live, and what starts it may. */
    RUNNING,
    /** Its file is live, and a person has paused it. */
    PAUSED,
    /** Its file was refused, and no earlier one is live. */
    REFUSED;

    /** The word for it outside of Java. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word, so that it can stand in a sentence. */
    @Override
    public String toString() {
        return word();
    }
}
