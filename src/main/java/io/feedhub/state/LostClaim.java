package io.feedhub.state;

import io.feedhub.runs.RunMark;
import org.jspecify.annotations.Nullable;

/** The run was closed, given up, or taken over by another node, so what it still wanted to write is refused. */
final class LostClaim extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What {@code feedhub.hold_claim} raises. */
    static final String SQL_STATE = "FH001";

    LostClaim(RunMark writer, @Nullable Throwable cause) {
        super("run " + writer.run() + " of " + writer.flow() + " lost its claim and writes nothing more", cause);
    }
}
