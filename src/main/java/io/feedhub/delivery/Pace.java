package io.feedhub.delivery;

import java.time.Duration;

/**
 * How many posts of a channel are taken at once. What is taken and not yet written down is in doubt when the node is killed:
 * so it is one where an answer takes as long as Discord's, and more only where many are answered within a moment. Not
 * thread-safe.
 */
final class Pace {
    static final Duration MOMENT = Duration.ofMillis(50);
    static final int MOST = 100;

    private int posts = 1;

    int posts() {
        return posts;
    }

    /** Twice as many at most as before, and one again after anything but a smooth round. */
    void learn(Round round) {
        if (!round.isSmooth() || round.sends().isEmpty()) {
            posts = 1;
            return;
        }
        long each = Math.max(1, round.took().toNanos() / round.sends().size());
        posts = (int) Math.max(1, Math.min(Math.min(2L * posts, MOST), MOMENT.toNanos() / each));
    }
}
