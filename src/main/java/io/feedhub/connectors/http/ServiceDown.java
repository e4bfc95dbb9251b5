package io.feedhub.connectors.http;

import java.io.IOException;

/** A service that cannot answer now: not reached, too busy, or broken. Worth another try. Its message has no address. */
public class ServiceDown extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which service, which path, what happened; no address and no token
     */
    public ServiceDown(String message) {
        super(message);
    }
}
