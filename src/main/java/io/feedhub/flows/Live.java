package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Outline;

/**
 * A file whose routes or beans run on this node.
 *
 * @param file the file as it runs
 * @param outline what it says about itself
 * @param revision its number
 */
record Live(FlowFile file, Outline outline, int revision) {
    /** Whether it has a number; while it is compared with the database it has none. */
    boolean isNumbered() {
        return revision > 0;
    }
}
