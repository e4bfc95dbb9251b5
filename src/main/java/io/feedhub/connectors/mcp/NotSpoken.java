package io.feedhub.connectors.mcp;

/** The server does not know this protocol; nothing was done. */
final class NotSpoken extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what the server said, for it may have meant the call
     */
    NotSpoken(String message) {
        super(message);
    }
}
