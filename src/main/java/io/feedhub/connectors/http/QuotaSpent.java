package io.feedhub.connectors.http;

/** The day's share of a service is used up. Nothing was sent, or the service said so itself. */
public class QuotaSpent extends ServiceRefused {
    private static final long serialVersionUID = 1L;

    /**
     * @param message whose quota, how much, and when it renews
     */
    public QuotaSpent(String message) {
        super(message);
    }
}
