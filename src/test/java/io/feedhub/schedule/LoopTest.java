package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch third = new CountDownLatch(1);

    @Test
    void whatFailsBeginsAnewUntilItIsInterrupted() throws InterruptedException {
        Thread loop = Loop.begin("work", this::work);
        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
        loop.interrupt();
        loop.join(20_000);
        assertThat(loop.isAlive()).isFalse();
        assertThat(begun).hasValue(3);
    }

    private void work() {
        switch (begun.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("a fault nobody thought of");
            case 2 -> throw new OutOfMemoryError("unable to create native thread");
            default -> waitForTheEnd();
        }
    }

    private void waitForTheEnd() {
        third.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
