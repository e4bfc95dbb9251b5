package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import io.feedhub.delivery.Envelope.Message;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    /** A person who tries again gives it eight further ones. */
    @ParameterizedTest
    @CsvSource({
        "FAILED, 1, QUEUED",
        "FAILED, 7, QUEUED",
        "FAILED, 8, PARKED",
        "FAILED, 9, QUEUED",
        "FAILED, 16, PARKED",
        "AGAIN, 8, QUEUED",
        "AGAIN, 100, QUEUED",
        "GONE, 8, QUEUED",
    })
    void whatDiscordFailsOnIsParkedAtItsEighthTryAndAnOutageNeverParks(Kind kind, int attempt, MessageState state) {
        Message message = new Message(1, "{}", "f · 1", attempt);
        Answer answer = new Answer(kind, 500, null, "Discord answered 500", Limits.NONE);
        Envelope envelope = new Envelope("infra", List.of(message));
        assertThat(Verdict.of(envelope, message, answer, false).state()).isEqualTo(state);
    }
}
