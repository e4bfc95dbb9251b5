package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import org.jspecify.annotations.Nullable;

/**
 * What a file in a node's folder means, beside what the database says is live. This is the one rule that keeps folders from
 * fighting: a file's base is the revision that this node last saw in it, and only an edit of the newest revision wins.
 */
enum Verdict {
    /** The folder has what is live. */
    SAME,
    /** The file is an older revision, unedited; it is brought up to date. */
    STALE,
    /** The file was edited from what is live. */
    EDIT,
    /** The file was edited from an older revision. Its author is told, and what is live stays. */
    CONFLICT,
    /** The file is still what was in conflict, and its author knows. */
    TOLD;

    /**
     * @param head what is live, or null when nothing ever was
     * @param told whether this file is in conflict with what is live, and its author knows
     * @param copy the revision that this node last saw in the file, or null when it never saw it
     * @param known whether the file's content was live before
     * @param file what is in the folder, or null when nothing is
     */
    static Verdict of(
            @Nullable Revision head, boolean told, @Nullable Revision copy, boolean known, @Nullable FlowFile file) {
        if (file == null) {
            return absent(head, copy);
        }
        if (head == null) {
            return EDIT;
        }
        if (head.is(file)) {
            return SAME;
        }
        if (told) {
            return TOLD;
        }
        if (copy == null) {
            return known ? STALE : EDIT;
        }
        if (copy.number() == head.number()) {
            return EDIT;
        }
        return copy.is(file) ? STALE : CONFLICT;
    }

    private static Verdict absent(@Nullable Revision head, @Nullable Revision copy) {
        if (head == null || !head.isAccepted()) {
            return SAME;
        }
        return copy != null && copy.number() == head.number() ? EDIT : STALE;
    }
}
