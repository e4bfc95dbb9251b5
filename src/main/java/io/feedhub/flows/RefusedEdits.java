package io.feedhub.flows;

import io.feedhub.flows.check.Finding;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Edits that do not go live. Each is recorded and told once, in a transaction of its own: the caller's is rolled back. One
 * from a file stays open while the file is still so, and counts while its node is there to mend it. Thread-safe.
 */
@Component
final class RefusedEdits {
    private static final Logger log = LoggerFactory.getLogger(RefusedEdits.class);

    private final JdbcClient database;
    private final FlowSettings settings;
    private final Revisions revisions;
    private final TransactionTemplate apart;
    private final ApplicationEventPublisher events;

    RefusedEdits(
            JdbcClient database,
            FlowSettings settings,
            Revisions revisions,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.database = database;
        this.settings = settings;
        this.revisions = revisions;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.events = events;
    }

    /** An edit that cannot run. */
    Outcome refuse(Edit edit, List<Finding> findings) {
        record(edit, RevisionState.REFUSED, findings);
        return new Outcome.Refused(findings);
    }

    /** An edit of an older revision than the one that is live. */
    Outcome conflict(Edit edit, Revision head) {
        String diff = Diff.unified(
                Diff.label(head.flow(), head.number()),
                head.content(),
                "yours",
                edit.file().text());
        String reason = "edited from revision " + edit.base() + ", but revision " + head.number() + " by "
                + head.author() + " is live";
        String fix = "merge what ./feedhub history " + head.flow() + " shows, and save again";
        record(
                new Edit(edit.file(), edit.isDeletion(), head.number(), edit.author(), edit.origin()),
                RevisionState.CONFLICT,
                List.of(new Finding(edit.file().name(), 1, 1, reason, fix)));
        return new Outcome.Conflict(head, diff);
    }

    /** This node's files are no longer what was refused, but for those with these hashes. */
    void resolve(String flow, List<String> stillThere) {
        database.sql(
                        """
                with resolved as (
                  update feedhub.flow_revision set open = false
                  where flow = ? and open and node = ? and not sha256 = any (?) returning flow)
                select pg_notify('feedhub_flows', flow) from resolved""")
                .params(flow, settings.node().name(), stillThere.toArray(String[]::new))
                .query(row -> {});
    }

    private void record(Edit edit, RevisionState state, List<Finding> findings) {
        apart.executeWithoutResult(status -> unlessSaid(edit, state, findings).ifPresent(refused -> {
            log.warn("{} {}", state, findings.get(0));
            events.publishEvent(new EditRefused(refused));
        }));
    }

    /** The same said of the same text twice running is one record. */
    private Optional<Revision> unlessSaid(Edit edit, RevisionState state, List<Finding> findings) {
        Optional<Integer> number = Optional.empty();
        while (number.isEmpty()) { // else another edit took the number
            Optional<Revision> newest = revisions.newest(edit.flow());
            if (newest.filter(last -> isRepetition(last, edit, state, findings)).isPresent()) {
                open(newest.get());
                return Optional.empty();
            }
            number = revisions.insert(edit, state, findings);
        }
        revisions.forget(edit.flow(), number.get());
        return revisions.find(edit.flow(), number.get());
    }

    private boolean isRepetition(Revision last, Edit edit, RevisionState state, List<Finding> findings) {
        return last.state() == state
                && last.sha256().equals(edit.file().sha256())
                && last.findings().equals(findings)
                && (!last.isConflict() || isFromHere(last, edit));
    }

    /** A conflict holds back a file of one node, and no other's, and no edit over the API. */
    private boolean isFromHere(Revision last, Edit edit) {
        return last.node().equals(settings.node().name()) && last.origin().equals(edit.origin());
    }

    private void open(Revision refused) {
        if (refused.origin().equals(Edit.FILE)) {
            database.sql("update feedhub.flow_revision set open = true where flow = ? and revision = ? and not open")
                    .params(refused.flow(), refused.number())
                    .update();
        }
    }
}
