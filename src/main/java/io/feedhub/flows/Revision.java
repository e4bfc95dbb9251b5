package io.feedhub.flows;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import java.time.Instant;
import java.util.List;

/**
 * One edit of a file, as the database has it.
 *
 * @param flow the flow's id, or {@code beans/<name>} or {@code _shared/<name>}
 * @param number counts up for each flow, from 1; 0 stands for "before the first"
 * @param file the file, as the operator knows it
 * @param state what became of it; the newest accepted or deleted one says what runs
 * @param content the file's text; empty for a deletion, and in lists
 * @param sha256 of the content, in hex
 * @param author who made it: a user of the API, or the owner of the file
 * @param origin file, api or rollback
 * @param node where it came in
 * @param base the revision it was made from
 * @param findings why it was refused
 * @param at when it was recorded
 */
public record Revision(
        String flow,
        int number,
        String file,
        RevisionState state,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String content,
        String sha256,
        String author,
        String origin,
        String node,
        int base,
        List<Finding> findings,
        Instant at) {
    boolean isAccepted() {
        return state == RevisionState.ACCEPTED;
    }

    boolean isConflict() {
        return state == RevisionState.CONFLICT;
    }

    /** Whether a file is this revision, unedited and in its place. */
    boolean is(FlowFile other) {
        return isAccepted() && sha256.equals(other.sha256()) && file.equals(other.name());
    }

    FlowFile asFile() {
        return new FlowFile(file, content);
    }
}
