package io.feedhub.nodes;

import java.util.OptionalInt;

/** What this node runs, for comparison with its peers, and for the record of what ran. */
public interface RevisionSet {

    /** A short hash of the flows and their revisions; the same on nodes that run the same. */
    String digest();

    /** The revision of a flow that runs here; empty when it is not on record. */
    OptionalInt of(String flow);
}
