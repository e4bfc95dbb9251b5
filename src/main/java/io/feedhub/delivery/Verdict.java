package io.feedhub.delivery;

import io.feedhub.delivery.Envelope.Message;
import org.jspecify.annotations.Nullable;

/**
 * What an answer makes of one message.
 *
 * @param message which
 * @param state its next state
 * @param status the HTTP status, or null when there was none
 * @param messageId Discord's id, once delivered
 * @param error why it is not delivered, or null
 * @param repeated whether it goes out again though Discord may have it
 * @param apart whether it must not share a Discord message again
 * @param invalid whether the attempt counts against Discord's limit of invalid requests
 */
record Verdict(
        Message message,
        MessageState state,
        @Nullable Integer status,
        @Nullable String messageId,
        @Nullable String error,
        boolean repeated,
        boolean apart,
        boolean invalid) {
    private static final int TRIES = 8;

    /**
     * @param repeats whether the channel takes repeats
     */
    static Verdict of(Envelope envelope, Message message, Answer answer, boolean repeats) {
        boolean apart = answer.kind() == Answer.Kind.REFUSED && envelope.isFolded();
        boolean repeated = answer.kind() == Answer.Kind.LOST && repeats;
        MessageState state =
                switch (answer.kind()) {
                    case DELIVERED -> MessageState.DELIVERED;
                    case AGAIN, UNREACHED, GONE -> MessageState.QUEUED;
                    case FAILED -> message.attempt() % TRIES == 0 ? MessageState.PARKED : MessageState.QUEUED;
                    case REFUSED -> apart ? MessageState.QUEUED : MessageState.PARKED;
                    case LOST -> repeated ? MessageState.QUEUED : MessageState.UNKNOWN;
                };
        boolean invalid = answer.limits().invalid() && message.equals(envelope.first());
        return new Verdict(
                message, state, answer.status(), answer.messageId(), answer.reason(), repeated, apart, invalid);
    }
}
