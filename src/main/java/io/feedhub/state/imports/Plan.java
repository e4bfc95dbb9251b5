package io.feedhub.state.imports;

import java.util.List;

/**
 * What an import would do.
 *
 * @param entries what it would write
 * @param skipped files that cannot be read
 * @param questions what needs a rule first; nothing is written while there are any
 */
public record Plan(List<Entry> entries, List<Skipped> skipped, List<Question> questions) {
    /** Whether there was no state file at all. */
    public boolean isEmpty() {
        return entries.isEmpty() && skipped.isEmpty() && questions.isEmpty();
    }
}
