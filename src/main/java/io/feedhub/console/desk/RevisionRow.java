package io.feedhub.console.desk;

import io.feedhub.flows.Revision;
import io.feedhub.flows.check.Finding;
import java.time.Instant;
import java.util.List;

/**
 * A revision as the history shows it.
 *
 * @param isLive whether it is what runs
 * @param canReturn whether it ran once and does not now
 */
record RevisionRow(
        int number,
        String state,
        String author,
        String origin,
        Moment at,
        List<Finding> findings,
        boolean isLive,
        boolean canReturn) {

    static RevisionRow of(Revision revision, int live, Instant now) {
        boolean isLive = revision.number() == live;
        return new RevisionRow(
                revision.number(),
                revision.state(),
                revision.author(),
                revision.origin(),
                Moment.at(revision.at(), now),
                revision.findings(),
                isLive,
                !isLive && revision.state().equals("accepted"));
    }
}
