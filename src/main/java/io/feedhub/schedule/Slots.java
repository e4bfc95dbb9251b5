package io.feedhub.schedule;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Room for runs on this node: in all, and for each domain. Thread-safe. */
@Component
final class Slots {
    private final Limits limits;
    private final Semaphore all;
    private final Map<String, Semaphore> byDomain = new ConcurrentHashMap<>();

    Slots(Limits limits) {
        this.limits = limits;
        this.all = new Semaphore(limits.runsAtOnce());
    }

    boolean tryTake(Plan plan) {
        if (!all.tryAcquire()) {
            return false;
        }
        if (!domain(plan).tryAcquire()) {
            all.release();
            return false;
        }
        return true;
    }

    void give(Plan plan) {
        domain(plan).release();
        all.release();
    }

    private Semaphore domain(Plan plan) {
        return byDomain.computeIfAbsent(plan.domain(), name -> new Semaphore(limits.runsPerDomain()));
    }
}
