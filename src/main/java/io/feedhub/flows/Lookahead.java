package io.feedhub.flows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Two works on each of many things, one after the other and in their order: the first by a thread of its own, which is ahead
 * of the caller's with the second.
 */
final class Lookahead {
    private final String name;

    /** @param name of the thread */
    Lookahead(String name) {
        this.name = name;
    }

    <T, R> void each(List<T> things, Function<T, R> first, Consumer<R> second) {
        ExecutorService ahead = Executors.newSingleThreadExecutor(work -> new Thread(work, name));
        try {
            List<CompletableFuture<R>> prepared = things.stream()
                    .map(thing -> CompletableFuture.supplyAsync(() -> first.apply(thing), ahead))
                    .toList();
            prepared.forEach(next -> second.accept(next.join()));
        } finally {
            ahead.shutdownNow(); // when the second work fails, the rest of the first is of no use
        }
    }
}
