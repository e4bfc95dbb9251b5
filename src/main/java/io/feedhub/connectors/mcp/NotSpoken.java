package io.feedhub.connectors.mcp;

/** The server does not know this protocol; nothing was done. */
final class NotSpoken extends Exception {
    private static final long serialVersionUID = 1L;

    private final String words;

    /**
     * @param words what the server said, for it may have meant the call
     */
    NotSpoken(String words) {
        super(words);
        this.words = words;
    }

    String words() {
        return words;
    }
}
