package io.feedhub.delivery;

import java.util.List;

/**
 * A send that has ended.
 *
 * @param envelope what was sent
 * @param answer what Discord answered
 * @param verdicts what that makes of each message
 */
record Sent(Envelope envelope, Answer answer, List<Verdict> verdicts) {

    static Sent of(Envelope envelope, Answer answer, boolean repeats) {
        return new Sent(
                envelope,
                answer,
                envelope.messages().stream()
                        .map(message -> Verdict.of(envelope, message, answer, repeats))
                        .toList());
    }

    /** Whether it was delivered, and nothing keeps the next one. */
    boolean isSmooth() {
        return answer.kind() == Answer.Kind.DELIVERED && answer.limits().equals(Answer.Limits.NONE);
    }
}
