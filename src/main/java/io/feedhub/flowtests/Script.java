package io.feedhub.flowtests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What services answer while a flow runs. A call is named {@code numu GET /sentinel}, {@code numu /sentinel}, or, where a
 * vendor has a protocol of its own, {@code gemini}, {@code apify}, or {@code noosphere <tool>}. Thread-safe.
 */
final class Script {
    private static final String IN_TURN = "in turn";

    private final Map<String, @Nullable Object> answers;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    Script(Map<String, @Nullable Object> answers) {
        this.answers = answers;
    }

    /** Empty when the test does not say what the answer is. */
    Optional<Answer> answer(Call call) {
        return call.names().stream().filter(answers::containsKey).findFirst().map(name -> Answer.of(next(name)));
    }

    private @Nullable Object next(String name) {
        Object written = answers.get(name);
        if (written instanceof Map<?, ?> map && map.size() == 1 && map.get(IN_TURN) instanceof List<?> list) {
            int turn = turns.computeIfAbsent(name, key -> new AtomicInteger()).getAndIncrement();
            return list.get(Math.min(turn, list.size() - 1));
        }
        return written;
    }
}
