package io.feedhub.connectors.http;

import java.io.IOException;

/**
 * A request that may have taken effect, and whose answer was lost. It is not repeated by itself: what it did would be done
 * twice.
 */
public final class OutcomeUnknown extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which service, which path, what happened; no address and no token
     */
    public OutcomeUnknown(String message) {
        super(message);
    }
}
