package io.feedhub.connectors.http;

/** A service that understood and refused, or answered what cannot be read. The same request would fail again. */
public class ServiceRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which service, which path, what it answered; no address and no token
     */
    public ServiceRefused(String message) {
        super(message);
    }
}
