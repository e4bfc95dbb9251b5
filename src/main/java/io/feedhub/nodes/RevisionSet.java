package io.feedhub.nodes;

/** What this node runs, for comparison with its peers. */
@FunctionalInterface
public interface RevisionSet {

    /** A short hash of the flows and their revisions; the same on nodes that run the same. */
    String digest();
}
