package io.feedhub.flows;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The one way from a text to running routes: check, stage, swap, record. It goes all the way or leaves everything as it was.
 * Within a transaction the record commits with it; when that rolls back, this node returns to what the database has.
 * Thread-safe.
 */
@Component
public final class Edits {
    private final Checker checker;
    private final Admission admission;
    private final Revisions revisions;
    private final FlowLocks locks;
    private final IdleLimit idle;

    Edits(Checker checker, Admission admission, Revisions revisions, FlowLocks locks, IdleLimit idle) {
        this.checker = checker;
        this.admission = admission;
        this.revisions = revisions;
        this.locks = locks;
        this.idle = idle;
    }

    /** What would be said of a file, without taking it live. */
    public List<Finding> check(FlowFile file) {
        return checker.check(file);
    }

    /**
     * Takes a text live as a flow.
     *
     * @param file its place and its text
     * @param base the number of the revision that the author saw; 0 for a new flow
     * @param author who wants it
     */
    public Outcome submit(FlowFile file, int base, String author) {
        return inTurn(file.key(), () -> admission.take(Edit.of(file, base, author, Edit.API)));
    }

    /**
     * Ends a flow: its file goes on every node, its revisions stay.
     *
     * @param base the number of the revision that the author saw
     * @return empty when there is no such flow
     */
    public Optional<Outcome> delete(String flow, int base, String author) {
        return inTurn(flow, () -> revisions
                .head(flow)
                .filter(Revision::isAccepted)
                .map(head -> admission.take(Edit.deletion(head.file(), base, author, Edit.API))));
    }

    /**
     * Takes an earlier revision live again, as a new one.
     *
     * @return empty when there is no such revision, or it never was live
     */
    public Optional<Outcome> rollback(String flow, int to, String author) {
        return inTurn(
                flow,
                () -> revisions.find(flow, to).filter(Revision::isAccepted).map(target -> {
                    int base = revisions.head(flow).map(Revision::number).orElse(0);
                    return admission.take(Edit.of(target.asFile(), base, author, Edit.ROLLBACK));
                }));
    }

    /** The turn comes when the edit before has ended, and that one may wait for runs in flight. */
    private <T> T inTurn(String key, Supplier<T> work) {
        String patience = idle.lift();
        return locks.take(key, () -> {
            idle.set(patience);
            return work.get();
        });
    }
}
