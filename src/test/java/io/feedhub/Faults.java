package io.feedhub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Faults that strike a cluster by a timetable that the seed alone decides. They overlap, so that at times no node is left; a
 * node is struck again when the fault before is over.
 */
final class Faults {
    private static final int SECOND = 1_000;

    private final Cluster cluster;
    private final Random random;
    private final List<String> struck = new ArrayList<>();
    private final List<Future<?>> deeds = new ArrayList<>();

    Faults(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Strikes for so long, and returns when the last fault is over. */
    void strike(Duration time) throws InterruptedException, ExecutionException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            plan(clock, time.toMillis());
            for (Future<?> deed : deeds) {
                deed.get();
            }
        } finally {
            clock.shutdownNow();
        }
    }

    /** What was done, in order. */
    List<String> struck() {
        return struck;
    }

    private void plan(ScheduledExecutorService clock, long time) {
        long[] whole = new long[Cluster.NODES]; // from when on a node may be struck again
        long at = between(3, 10);
        while (at < time) {
            int node = random.nextInt(Cluster.NODES);
            int kind = random.nextInt(4);
            long until = at + between(5, 20);
            if (kind == 3) {
                at(clock, at, "database crash", cluster::crashDatabase);
            } else if (at >= whole[node]) {
                whole[node] = until + 15 * SECOND; // a hub needs a few seconds to start
                switch (kind) {
                    case 0 -> {
                        at(clock, at, "kill -9 of " + node, () -> cluster.kill(node));
                        at(clock, until, "", () -> cluster.start(node));
                    }
                    case 1 -> {
                        at(clock, at, "freeze of " + node, () -> cluster.freeze(node));
                        at(clock, until, "", () -> cluster.thaw(node));
                    }
                    default -> {
                        at(clock, at, "cut of " + node, () -> cluster.cut(node));
                        at(clock, until, "", () -> cluster.mend(node));
                    }
                }
            }
            at += between(4, 12);
        }
    }

    private long between(int least, int most) {
        return SECOND * (least + random.nextInt(most - least)) + random.nextInt(SECOND);
    }

    private void at(ScheduledExecutorService clock, long millis, String name, Deed deed) {
        deeds.add(clock.schedule(
                () -> {
                    if (!name.isEmpty()) {
                        struck.add(name);
                    }
                    deed.run();
                    return null;
                },
                millis,
                TimeUnit.MILLISECONDS));
    }

    /** What is done to the cluster. */
    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }
}
