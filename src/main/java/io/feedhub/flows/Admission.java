package io.feedhub.flows;

import io.feedhub.database.AfterTransaction;
import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.Refused;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes one edit from its text to running routes: check, stage, swap, record. Within a transaction the record commits with
 * it; when that rolls back, this node returns to what the database has.
 */
@Component
final class Admission {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    private final Checker checker;
    private final Rollout rollout;
    private final IdleLimit idle;
    private final Revisions revisions;
    private final LiveFiles liveFiles;
    private final Follower follower;
    private final Mirror mirror;
    private final RefusedEdits refused;
    private final TransactionTemplate apart;

    Admission(
            Checker checker,
            Rollout rollout,
            IdleLimit idle,
            Revisions revisions,
            LiveFiles liveFiles,
            Follower follower,
            Mirror mirror,
            RefusedEdits refused,
            PlatformTransactionManager transactions) {
        this.checker = checker;
        this.rollout = rollout;
        this.idle = idle;
        this.revisions = revisions;
        this.liveFiles = liveFiles;
        this.follower = follower;
        this.mirror = mirror;
        this.refused = refused;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Takes an edit through; the caller has the flow's turn. */
    Outcome take(Edit edit) {
        Optional<Finding> tooLarge = edit.isDeletion() ? Optional.empty() : Checker.tooLarge(edit.file());
        if (tooLarge.isPresent()) {
            return refused.refuse(edit, List.of(tooLarge.get()));
        }
        Optional<Revision> head = revisions.head(edit.flow());
        if (head.map(Revision::number).orElse(0) != edit.base()) {
            return refused.conflict(edit, head.orElseThrow());
        }
        List<Finding> findings = edit.isDeletion() ? List.of() : checker.check(edit.file());
        if (!findings.isEmpty()) {
            return refused.refuse(edit, findings);
        }
        String patience = idle.lift(rollout.swaps(edit.file()));
        try {
            rollout.change(edit.flow(), edit.isDeletion() ? null : edit.file());
        } catch (Refused e) {
            return refused.refuse(edit, e.findings());
        } catch (RuntimeException | Error e) {
            liveFiles.doubt(edit.flow());
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
            idle.set(patience);
            return revisions.accept(edit);
        } catch (RuntimeException e) {
            liveFiles.unrecorded(edit.flow(), edit.isDeletion() ? null : edit.file());
            throw e;
        }
    }

    /** Another node was faster, and what runs here is exchanged. Two that start with the same new file want the same. */
    private Outcome lost(Edit edit, Revision winner) {
        liveFiles.unrecorded(edit.flow(), edit.isDeletion() ? null : edit.file());
        follower.bring(winner);
        if (!winner.is(edit.file())) {
            return refused.conflict(edit, winner);
        }
        afterCommit(edit, () -> mirror.follow(edit, winner.number(), winner.file()));
        return new Outcome.Accepted(winner);
    }

    private Outcome accepted(Edit edit, int number, String before) {
        liveFiles.runs(edit.flow(), edit.isDeletion() ? null : edit.file(), number);
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
        String flow = edit.flow();
        AfterTransaction.onCommit(() -> orDoubt(flow, work), () -> liveFiles.doubt(flow));
    }

    /**
     * Whatever keeps the folder from following, the edit is live; so the flow is looked at again, and its author told so. What
     * is written after a commit is in no transaction that would commit it, and gets its own.
     */
    private void orDoubt(String flow, Runnable work) {
        try {
            apart.executeWithoutResult(status -> work.run());
        } catch (RuntimeException e) {
            log.warn("{} is live, its file is looked at again: {}", flow, e.toString());
            liveFiles.doubt(flow);
        }
    }
}
