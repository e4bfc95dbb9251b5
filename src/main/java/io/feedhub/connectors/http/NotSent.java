package io.feedhub.connectors.http;

/** A service that cannot answer now and was not asked: it knows nothing of the request, which cost nothing. */
public final class NotSent extends ServiceDown {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which service, and why; no address and no token
     */
    public NotSent(String message) {
        super(message);
    }
}
