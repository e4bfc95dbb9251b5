package io.feedhub.console.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;

/**
 * Holds up whoever keeps guessing passwords. After some wrong ones in a row the next try must wait 30 s, and twice as long
 * after each further one, to 15 minutes at most. Attempts under one key are made one after the other, so that many at once
 * are no way round. Counts are this node's own and are forgotten after an hour without a wrong one. Thread-safe.
 */
final class Lockout {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int KEYS = 10_000;

    private final Object[] stripes = new Object[64];
    private final Map<String, Count> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > KEYS;
        }
    };
    private final Clock clock;
    private final int free;

    /** @param free how many wrong ones are without a wait */
    Lockout(Clock clock, int free) {
        this.clock = clock;
        this.free = free;
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new Object();
        }
    }

    /**
     * Makes an attempt.
     *
     * @param key who tries, such as a name and an address
     * @param attempt throws BadCredentialsException when it is a wrong one
     * @throws Locked when the next try must wait; the attempt is not made
     */
    <T> T attempt(String key, Supplier<T> attempt) {
        synchronized (stripes[Math.floorMod(key.hashCode(), stripes.length)]) {
            refuseLocked(key);
            try {
                T result = attempt.get();
                forget(key);
                return result;
            } catch (BadCredentialsException e) {
                count(key);
                throw e;
            }
        }
    }

    private synchronized void refuseLocked(String key) {
        Count count = counts.get(key);
        if (count == null) {
            return;
        }
        Duration wait = Duration.between(clock.instant(), count.lockedUntil());
        if (!wait.isNegative() && !wait.isZero()) {
            throw new Locked(wait);
        }
    }

    private synchronized void forget(String key) {
        counts.remove(key);
    }

    private synchronized void count(String key) {
        Instant now = clock.instant();
        Count last = counts.remove(key);
        boolean remembered = last != null && last.at().plus(MEMORY).isAfter(now);
        int wrong = remembered ? last.wrong() + 1 : 1;
        counts.put(key, new Count(wrong, now, now.plus(pause(wrong))));
    }

    private Duration pause(int wrong) {
        if (wrong < free) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(wrong - free, 10));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private record Count(int wrong, Instant at, Instant lockedUntil) {}

    /** The next try must wait. */
    static final class Locked extends LockedException {
        private static final long serialVersionUID = 1L;

        private final Duration wait;

        private Locked(Duration wait) {
            super("too many wrong passwords; try again in " + (wait.toSeconds() + 1) + " s");
            this.wait = wait;
        }

        /** Seconds until the next try, rounded up. */
        long seconds() {
            return wait.toSeconds() + 1;
        }
    }
}
