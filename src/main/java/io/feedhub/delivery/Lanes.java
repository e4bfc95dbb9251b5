package io.feedhub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The lanes of all channels. Not thread-safe. */
final class Lanes {
    private final Map<String, Lane> lanes = new TreeMap<>();

    /** What may be taken for: the channels in which nothing is under way, and how many posts of each are wanted. */
    Map<String, Integer> free(Collection<String> channels, Instant now) {
        Map<String, Integer> free = new TreeMap<>();
        for (String channel : channels) {
            if (of(channel).isFree(now)) {
                free.put(channel, of(channel).posts());
            }
        }
        return free;
    }

    /** Those of them that need not rest at an instant. */
    Map<String, Integer> due(Collection<String> channels, Instant now) {
        Map<String, Integer> due = free(channels, now);
        due.keySet().removeIf(channel -> of(channel).restsUntil().isAfter(now));
        return due;
    }

    void begin(String channel) {
        of(channel).begin();
    }

    /** @param wait how long the channel must wait until its next send */
    void end(Round round, Instant now, Duration wait) {
        of(round.channel()).end(round, now, wait);
    }

    boolean areEmpty() {
        return lanes.values().stream().noneMatch(Lane::isUnderWay);
    }

    /** How long nothing becomes due, but no longer than a limit. */
    Duration rest(Instant now, Duration most) {
        return lanes.values().stream()
                .map(Lane::restsUntil)
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until))
                .reduce(most, (a, b) -> a.compareTo(b) < 0 ? a : b);
    }

    private Lane of(String channel) {
        return lanes.computeIfAbsent(channel, name -> new Lane());
    }
}
