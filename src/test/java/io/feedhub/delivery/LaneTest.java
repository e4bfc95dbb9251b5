package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Envelope ENVELOPE = new Envelope("infra", List.of(new Envelope.Message(1, "{}", "footer", 1)));
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final Lane lane = new Lane();

    @Test
    void isFreeWhenNothingIsUnderWay() {
        lane.begin();
        assertThat(lane.isFree(NOON)).isFalse();
        end(Kind.DELIVERED, Duration.ofSeconds(3));
        assertThat(lane.isFree(NOON)).as("a person may have opened the channel").isTrue();
        assertThat(lane.restsUntil()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void isLeftToOthersForLongerAndLongerUntilDiscordIsReached() {
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            end(Kind.UNREACHED, Duration.ZERO);
            assertThat(lane.isFree(NOON.plusSeconds(seconds).minusMillis(1))).isFalse();
            assertThat(lane.isFree(NOON.plusSeconds(seconds))).isTrue();
            assertThat(lane.restsUntil()).isEqualTo(NOON.plusSeconds(seconds));
        }
        end(Kind.AGAIN, Duration.ZERO);
        assertThat(lane.isFree(NOON)).as("an answer is an answer").isTrue();
        end(Kind.UNREACHED, Duration.ZERO);
        assertThat(lane.isFree(NOON.plusSeconds(2))).isTrue();
    }

    @Test
    void isFreeWhenTheClockWasSetBack() {
        end(Kind.UNREACHED, Duration.ZERO);
        assertThat(lane.isFree(NOON.minusSeconds(3600))).isTrue();
    }

    private void end(Kind kind, Duration wait) {
        Sent sent = Sent.of(ENVELOPE, new Answer(kind, null, "m", null, Limits.NONE), false);
        lane.end(new Round("infra", List.of(sent), List.of(), Duration.ZERO), NOON, wait);
    }
}
