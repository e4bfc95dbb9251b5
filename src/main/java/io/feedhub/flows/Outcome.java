package io.feedhub.flows;

import io.feedhub.flows.check.Finding;
import java.util.List;

/** What became of an edit. */
public sealed interface Outcome {

    /** It is live. */
    record Accepted(Revision revision) implements Outcome {}

    /** It cannot go live; what ran goes on. */
    record Refused(List<Finding> findings) implements Outcome {}

    /**
     * Another revision went live since the one that the author saw.
     *
     * @param head what is live
     * @param diff from what is live to what the author wants
     */
    record Conflict(Revision head, String diff) implements Outcome {}
}
