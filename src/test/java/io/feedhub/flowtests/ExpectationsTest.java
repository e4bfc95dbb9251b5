package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flowtests.Runs.Ended;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    @Test
    void onlyTheFurtherPagesOfAPostAreGluedToIt() {
        List<Object> embeds = List.of(
                Map.of(
                        "channel",
                        "ops",
                        "color",
                        0,
                        "title",
                        "long",
                        "description",
                        "a",
                        "footer",
                        Map.of("text", "1 of 2")),
                Map.of("channel", "ops", "color", 0, "description", "b", "footer", Map.of("text", "2 of 2")),
                Map.of("channel", "ops", "color", 0, "description", "nobody listed this"),
                Map.of("channel", "ops", "color", 0, "description", "c", "footer", Map.of("text", "1 of 2")),
                Map.of("channel", "ops", "color", 0, "description", "d", "footer", Map.of("text", "2 of 2")));
        assertThat(Expectations.posts(embeds).get("ops"))
                .extracting(post -> post.get("text"))
                .containsExactly("ab", "nobody listed this", "cd");
    }

    @Test
    void thereIsARunForEachOfSeveralOutcomes() {
        assertThat(Expectations.outcomes(then("done", "failed"), runs("done")))
                .containsExactly("runs", "  - 2", "  + 1");
        assertThat(Expectations.outcomes(then("done", "failed"), runs("done", "failed", "failed")))
                .containsExactly("runs", "  - 2", "  + 3");
        assertThat(Expectations.outcomes(then("done", "failed"), runs("done", "failed")))
                .isEmpty();
        assertThat(Expectations.outcomes(then("done"), runs("done", "done"))).isEmpty();
    }

    private static Then then(String... outcomes) {
        return new Then(List.of(outcomes), null, Map.of(), Map.of(), Map.of(), null, 0, Map.of());
    }

    private static List<Ended> runs(String... outcomes) {
        return List.of(outcomes).stream()
                .map(outcome -> new Ended(outcome, null, 0))
                .toList();
    }
}
