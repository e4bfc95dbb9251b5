package io.feedhub.sandbox;

import java.util.Map;

/** One outside service, as the hub sees it. Called by many threads. */
interface StandIn {

    /** Answers as the vendor would. */
    Reply answer(Request request);

    /** The vendor's 429. */
    default Reply limited() {
        return new Reply(429, Map.of("Retry-After", "5"), Map.of("error", "too many requests"));
    }
}
