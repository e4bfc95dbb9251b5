package io.feedhub.connectors.http;

/** A service answered more than the hub reads. A smaller question, if there is one, may be answered. */
public final class AnswerTooLong extends ServiceRefused {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which service, which path, how much; no address and no token
     */
    public AnswerTooLong(String message) {
        super(message);
    }
}
