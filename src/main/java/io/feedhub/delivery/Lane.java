package io.feedhub.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * One channel as this node's courier sees it: whether a send is under way, until when it rests, and its pace. A node that does
 * not reach Discord leaves the channel to the others for longer and longer. Not thread-safe.
 */
final class Lane {
    /** To try costs nothing but the others' time, for which the channel is held. */
    private static final Duration LONGEST_CUT = Duration.ofMinutes(1);

    private final Pace pace = new Pace();
    private boolean underWay;
    private Instant ended = Instant.EPOCH;
    private Duration wait = Duration.ZERO;
    private int unreached;

    /** How many posts are wanted at once. */
    int posts() {
        return pace.posts();
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Whether nothing is under way and Discord was reached the last time, or long ago. */
    boolean isFree(Instant now) {
        boolean setBack = now.isBefore(ended);
        return !underWay && (setBack || !ended.plus(cut()).isAfter(now));
    }

    /** Until when nothing can leave, as far as the ledger told at the last send. */
    Instant restsUntil() {
        return ended.plus(wait.compareTo(cut()) > 0 ? wait : cut());
    }

    void begin() {
        underWay = true;
    }

    /**
     * A round is written down.
     *
     * @param wait how long the channel must wait until its next send
     */
    void end(Round round, Instant now, Duration wait) {
        underWay = false;
        ended = now;
        this.wait = wait;
        unreached = round.isUnreached() ? unreached + 1 : 0;
        pace.learn(round);
    }

    private Duration cut() {
        Duration backOff = unreached == 0 ? Duration.ZERO : Discord.backOff(unreached);
        return backOff.compareTo(LONGEST_CUT) < 0 ? backOff : LONGEST_CUT;
    }
}
