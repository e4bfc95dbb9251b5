package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One thread prepares what another goes on with. */
class LookaheadTest {
    private static final List<Integer> THINGS = IntStream.range(0, 40).boxed().toList();

    private final List<Integer> done = new ArrayList<>();

    @Test
    void theOrderStaysAndOneThreadPrepares() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        new Lookahead("ahead").each(THINGS, thing -> prepared(thing, threads), done::add);
        assertThat(done).isEqualTo(THINGS);
        assertThat(threads).singleElement().isNotEqualTo(Thread.currentThread());
    }

    @Test
    void theFirstIsFinishedWhileTheSecondIsPrepared() {
        CountDownLatch finished = new CountDownLatch(1);
        new Lookahead("ahead").each(List.of(0, 1), thing -> thing == 0 || awaits(finished) ? thing : -1, thing -> {
            done.add(thing);
            finished.countDown();
        });
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void whatFailsEndsBoth() {
        AtomicInteger prepared = new AtomicInteger();
        assertThatThrownBy(() -> new Lookahead("ahead").each(THINGS, thing -> 1 / (thing - 2), prepared::addAndGet))
                .hasRootCauseInstanceOf(ArithmeticException.class);
        assertThat(prepared)
                .as("two halves that are no whole, and what came before")
                .hasValue(-1);
    }

    private static int prepared(int thing, Set<Thread> threads) {
        threads.add(Thread.currentThread());
        return thing;
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
