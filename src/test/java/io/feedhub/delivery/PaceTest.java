package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Envelope ENVELOPE = new Envelope("infra", List.of(new Envelope.Message(1, "{}", "footer", 1)));

    private final Pace pace = new Pace();

    @Test
    void oneWhereAnAnswerTakesAsLongAsDiscords() {
        learn(10, Duration.ofMillis(150), Limits.NONE);
        assertThat(pace.posts()).isEqualTo(1);
    }

    @Test
    void twiceAsManyAsBeforeUntilTheyNeedAMoment() {
        learn(1, Duration.ofMillis(1), Limits.NONE);
        assertThat(pace.posts()).isEqualTo(2);
        learn(6, Duration.ofMillis(1), Limits.NONE);
        assertThat(pace.posts()).isEqualTo(50);
        learn(1, Duration.ofMillis(10), Limits.NONE);
        assertThat(pace.posts()).isEqualTo(5);
        learn(20, Duration.ofNanos(1000), Limits.NONE);
        assertThat(pace.posts()).isEqualTo(Pace.MOST);
    }

    @Test
    void oneAgainWhenALimitIsToldOrSomethingHadToWait() {
        learn(3, Duration.ofMillis(1), Limits.NONE);
        learn(1, Duration.ofMillis(1), new Limits(4, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, false));
        assertThat(pace.posts()).isEqualTo(1);
        learn(3, Duration.ofMillis(1), Limits.NONE);
        pace.learn(new Round("infra", List.of(), List.of(ENVELOPE), Duration.ZERO));
        assertThat(pace.posts()).isEqualTo(1);
    }

    private void learn(int times, Duration each, Limits limits) {
        Sent sent = Sent.of(ENVELOPE, new Answer(Kind.DELIVERED, 200, "m", null, limits), false);
        for (int n = 0; n < times; n++) {
            pace.learn(new Round(
                    "infra", Collections.nCopies(pace.posts(), sent), List.of(), each.multipliedBy(pace.posts())));
        }
    }
}
