package io.feedhub.sandbox;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A limit as vendors have it: so many in a window that opens with the first. Thread-safe. */
final class Bucket {
    private final Clock clock;
    private final int size;
    private final long window;
    private final Map<String, long[]> windows = new HashMap<>();

    /** @param window in milliseconds */
    Bucket(Clock clock, int size, long window) {
        this.clock = clock;
        this.size = size;
        this.window = window;
    }

    /** Takes a place; false when there is none until the reset. */
    synchronized boolean take(String key) {
        long[] open = open(key);
        if (open[1] == size) {
            return false;
        }
        open[1]++;
        return true;
    }

    int size() {
        return size;
    }

    synchronized int remaining(String key) {
        return size - (int) open(key)[1];
    }

    /** When the window ends, in milliseconds since 1970. */
    synchronized long resetAt(String key) {
        return open(key)[0] + window;
    }

    private long[] open(String key) {
        long now = clock.millis();
        long[] open = windows.computeIfAbsent(key, name -> new long[] {now, 0});
        if (now - open[0] >= window) {
            open[0] = now;
            open[1] = 0;
        }
        return open;
    }
}
