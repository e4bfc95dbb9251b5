package io.feedhub.sandbox;

import java.util.Locale;

/** What can go wrong with a service outside. */
public enum Fault {
    DOWN("answers 503"),
    SLOW("answers after half a minute"),
    LIMITED("answers 429"),
    DENIED("answers 401"),
    LOST("does what it is asked, and closes the connection without an answer"),
    GARBLED("does what it is asked, and answers a page instead of JSON"),
    HUGE("answers 200 MB"),
    MOVED("answers with a redirect to a metadata address"),
    BLOCKED("refuses the prompt, or cuts the answer"),
    OLD("speaks only the protocol of 2025-11-25");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** As addresses have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a service can have it. */
    boolean suits(String service) {
        return switch (this) {
            case BLOCKED -> service.equals("gemini");
            case OLD -> service.equals("noosphere");
            default -> true;
        };
    }
}
