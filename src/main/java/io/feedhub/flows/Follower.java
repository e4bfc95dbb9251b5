package io.feedhub.flows;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes this node run what the database has; the other way, from an edit to the database, is that of {@link Edits}. */
@Component
final class Follower {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private final Checker checker;
    private final Rollout rollout;
    private final Revisions revisions;
    private final LiveFiles liveFiles;

    Follower(Checker checker, Rollout rollout, Revisions revisions, LiveFiles liveFiles) {
        this.checker = checker;
        this.rollout = rollout;
        this.revisions = revisions;
        this.liveFiles = liveFiles;
    }

    /** Makes this node run what the database says is live; the caller has the flow's turn. */
    void bring(Revision head) {
        if (liveFiles.settled(head.flow()) == head.number()) {
            return;
        }
        FlowFile file = head.asFile();
        List<Finding> findings = head.isAccepted() ? checker.check(file) : List.of();
        try {
            if (!findings.isEmpty()) {
                throw new Refused(findings);
            }
            rollout.change(head.flow(), head.isAccepted() ? file : null);
            liveFiles.runs(head.flow(), head.isAccepted() ? file : null, head.number());
        } catch (Refused e) {
            log.warn("revision {} of {} cannot run on this node: {}", head.number(), head.flow(), e.getMessage());
            if (liveFiles.live(head.flow()).isEmpty()) {
                revisions.goodBefore(head.flow(), head.number()).ifPresent(this::bring);
            }
            liveFiles.fails(file, head.number(), e.findings());
        }
    }

    /** Ends what runs here though the database never had it; the caller has the flow's turn. */
    void withdraw(String flow) {
        if (!liveFiles.isDoubtful(flow)) {
            return;
        }
        try {
            rollout.change(flow, null);
            liveFiles.runs(flow, null, 0);
            log.warn("{}: what could not be recorded is taken out again", flow);
        } catch (Refused e) {
            log.warn("{}: it could not be recorded, and runs on for what needs it: {}", flow, e.getMessage());
        }
    }
}
