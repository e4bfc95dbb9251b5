package io.feedhub.console.desk;

import io.feedhub.flows.Revision;
import io.feedhub.flows.RevisionState;
import io.feedhub.flows.check.Finding;
import java.time.Instant;
import java.util.List;

/**
 * A revision as the history shows it.
 *
 * @param isHead whether it says what runs: itself, or nothing if it was the end
 * @param canReturn whether it ran once and does not now
 */
record RevisionRow(
        int number,
        RevisionState state,
        String author,
        String origin,
        Moment at,
        List<Finding> findings,
        boolean isHead,
        boolean canReturn) {

    static RevisionRow of(Revision revision, int head, Instant now) {
        boolean isHead = revision.number() == head;
        return new RevisionRow(
                revision.number(),
                revision.state(),
                revision.author(),
                revision.origin(),
                Moment.at(revision.at(), now),
                revision.findings(),
                isHead,
                !isHead && revision.state() == RevisionState.ACCEPTED);
    }

    /** Whether it went live. */
    public boolean isAccepted() {
        return state == RevisionState.ACCEPTED;
    }
}
