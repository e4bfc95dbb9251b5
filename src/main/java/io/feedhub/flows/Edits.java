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
    private final Turns turns;
    private final IdleLimit idle;

    Edits(Checker checker, Admission admission, Revisions revisions, Turns turns, IdleLimit idle) {
        this.checker = checker;
        this.admission = admission;
        this.revisions = revisions;
        this.turns = turns;
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
     * @param origin api or cli
     */
    public Outcome submit(FlowFile file, int base, String author, String origin) {
        return inTurn(file.key(), () -> admission.take(Edit.of(file, base, author, origin)));
    }

    /**
     * Ends a flow: its file goes on every node, its revisions stay.
     *
     * @param base the number of the revision that the author saw
     * @return empty when there is no such flow
     */
    public Optional<Outcome> delete(String flow, int base, String author, String origin) {
        return inTurn(flow, () -> revisions
                .head(flow)
                .filter(Revision::isAccepted)
                .map(head -> admission.take(Edit.deletion(head.file(), base, author, origin))));
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
                    return admission.take(Edit.of(target.asFile(), base, author, "rollback"));
                }));
    }

    /** The turn comes when the edit before has ended, and that one may wait for runs in flight. */
    private <T> T inTurn(String key, Supplier<T> work) {
        String patience = idle.lift();
        return turns.take(key, () -> {
            idle.set(patience);
            return work.get();
        });
    }
<<<<<<< HEAD

    /** Takes an edit through; the caller has the flow's turn. */
    Outcome take(Edit edit) {
        Optional<Revision> head = revisions.head(edit.flow());
        if (head.map(Revision::number).orElse(0) != edit.base()) {
            return refused.conflict(edit, head.orElseThrow());
        }
        List<Finding> findings = edit.isDeletion() ? List.of() : checker.check(edit.file());
        if (!findings.isEmpty()) {
            return refused.refuse(edit, findings);
        }
        String patience = revisions.bePatient();
        try {
            stage.change(edit.flow(), edit.isDeletion() ? null : edit.file());
        } catch (Refused e) {
            return refused.refuse(edit, e.findings());
        } catch (RuntimeException | Error e) {
            catalogue.doubt(edit.flow());
            throw e;
        }
        Optional<Integer> number = record(edit, patience);
        if (number.isEmpty()) {
            return lost(edit, revisions.head(edit.flow()).orElseThrow());
        }
        return accepted(
                edit, number.get(), head.map(Revision::file).orElse(edit.file().name()));
    }

    /** What runs already and cannot be recorded is in doubt: it is compared with the database again. */
    private Optional<Integer> record(Edit edit, String patience) {
        try {
            return revisions.accept(edit, patience);
        } catch (RuntimeException e) {
            catalogue.unrecorded(edit.flow(), edit.isDeletion() ? null : edit.file());
            throw e;
        }
    }

    /** Another node was faster. Two that start with the same new file want the same. */
    private Outcome lost(Edit edit, Revision winner) {
        bring(winner);
        if (!winner.is(edit.file())) {
            return refused.conflict(edit, winner);
        }
        afterCommit(edit, () -> mirror.follow(edit, winner.number(), winner.file()));
        return new Outcome.Accepted(winner);
    }

    /** Makes this node run what the database says is live; the caller has the flow's turn. */
    void bring(Revision head) {
        if (catalogue.settled(head.flow()) == head.number()) {
            return;
        }
        FlowFile file = head.asFile();
        List<Finding> findings = head.isAccepted() ? checker.check(file) : List.of();
        try {
            if (!findings.isEmpty()) {
                throw new Refused(findings);
            }
            stage.change(head.flow(), head.isAccepted() ? file : null);
            catalogue.runs(head.flow(), head.isAccepted() ? file : null, head.number());
        } catch (Refused e) {
            log.warn("revision {} of {} cannot run on this node: {}", head.number(), head.flow(), e.getMessage());
            if (catalogue.live(head.flow()).isEmpty()) {
                revisions.goodBefore(head.flow(), head.number()).ifPresent(this::bring);
            }
            catalogue.fails(file, head.number(), e.findings());
        }
    }

    /** Ends what runs here though the database never had it; the caller has the flow's turn. */
    void withdraw(String flow) {
        if (!catalogue.isDoubtful(flow)) {
            return;
        }
        try {
            stage.change(flow, null);
            catalogue.runs(flow, null, 0);
            log.warn("{}: what could not be recorded is taken out again", flow);
        } catch (Refused e) {
            log.warn("{}: it could not be recorded, and runs on for what needs it: {}", flow, e.getMessage());
        }
    }

    private Outcome accepted(Edit edit, int number, String before) {
        catalogue.runs(edit.flow(), edit.isDeletion() ? null : edit.file(), number);
        Revision revision = revisions.find(edit.flow(), number).orElseThrow();
        log.info(
                "{}: revision {} by {} is {}",
                edit.flow(),
                number,
                edit.author(),
                edit.isDeletion() ? "the end" : "live");
        afterCommit(edit, () -> mirror.follow(edit, number, before));
        return new Outcome.Accepted(revision);
    }

    private void afterCommit(Edit edit, Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            work.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }

            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    catalogue.doubt(edit.flow());
                }
            }
        });
    }
=======
>>>>>>> 912c8f4 (The way from the database to a node is the Follower's, that of one edit is an Admission, and PostgreSQL's limit for idle transactions is a class of its own)
}
