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
        "FAILED, 1, queued",
        "FAILED, 7, queued",
        "FAILED, 8, parked",
        "FAILED, 9, queued",
        "FAILED, 16, parked",
        "AGAIN, 8, queued",
        "AGAIN, 100, queued",
        "GONE, 8, queued",
    })
    void whatDiscordFailsOnIsParkedAtItsEighthTryAndAnOutageNeverParks(Kind kind, int attempt, String state) {
        Message message = new Message(1, "{}", "f · 1", attempt);
        Answer answer = new Answer(kind, 500, null, "Discord answered 500", Limits.NONE);
        Envelope envelope = new Envelope("infra", List.of(message));
        assertThat(Verdict.of(envelope, message, answer, false).state()).isEqualTo(state);
    }
}
