package io.feedhub.delivery;

import java.time.Instant;

/** One channel as this node's courier sees it: whether a send is under way, until when it rests, and its pace. Not thread-safe. */
final class Lane {
    private final Pace pace = new Pace();
    private boolean underWay;
    private Instant restsUntil = Instant.EPOCH;

    /** How many posts are wanted at once. */
    int posts() {
        return pace.posts();
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Until when nothing can leave, as far as the ledger told at the last send. */
    Instant restsUntil() {
        return restsUntil;
    }

    void begin() {
        underWay = true;
    }

    /** A round is written down, and the channel may send again at an instant. */
    void end(Round round, Instant next) {
        underWay = false;
        restsUntil = next;
        pace.learn(round);
    }
}
