package io.feedhub.delivery;

import java.time.Duration;
import java.util.List;

/**
 * What became of the envelopes that a node took together for one channel.
 *
 * @param channel where they go
 * @param sends those that were posted, in order
 * @param kept those behind them that were not, since one before them has to wait
 * @param took how long the posts took
 */
record Round(String channel, List<Sent> sends, List<Envelope> kept, Duration took) {

    /** How many were taken. */
    int taken() {
        return sends.size() + kept.size();
    }

    /** What the last answer says of the channel's limits; nothing when nothing was posted. */
    Answer.Limits limits() {
        return sends.isEmpty()
                ? Answer.Limits.NONE
                : sends.get(sends.size() - 1).answer().limits();
    }

    /** The same without the answers: nobody knows what became of the posts, so Discord may have each of them. */
    Round unknown() {
        List<Sent> lost = sends.stream()
                .map(Sent::envelope)
                .map(envelope -> Sent.of(envelope, Discord.lost(envelope.first().attempt()), false))
                .toList();
        return new Round(channel, lost, kept, took);
    }

    /** Whether this node had no way to Discord. */
    boolean isUnreached() {
        return !sends.isEmpty() && sends.get(sends.size() - 1).answer().kind() == Answer.Kind.UNREACHED;
    }

    /** Whether all of it went through, with nothing said about limits. */
    boolean isSmooth() {
        return kept.isEmpty() && sends.stream().allMatch(Sent::isSmooth);
    }
}
