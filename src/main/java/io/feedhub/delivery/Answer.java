package io.feedhub.delivery;

import io.feedhub.database.Storable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Discord answered to one POST.
 *
 * @param kind what that means for the message
 * @param status the HTTP status, or null when there was none
 * @param messageId Discord's id when delivered
 * @param reason why it is not delivered, or null
 * @param limits what the answer says about the channel's limits
 */
record Answer(Kind kind, @Nullable Integer status, @Nullable String messageId, @Nullable String reason, Limits limits) {

    Answer {
        messageId = storable(messageId);
        reason = storable(reason);
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : Storable.text(text);
    }

    /** What an answer means for the message. */
    enum Kind {
        /** Discord has it. */
        DELIVERED,
        /** Discord does not have it, and may have it later. */
        AGAIN,
        /** Discord does not have it, and this node has no way there; another may have one. */
        UNREACHED,
        /** Discord does not have it, and it may be the message's own fault. */
        FAILED,
        /** Discord will never have it. */
        REFUSED,
        /** The webhook is gone, for this message and all others. */
        GONE,
        /** Sent, and the answer lost: Discord may have it. */
        LOST
    }

    /**
     * @param remaining how many may follow before the reset, or null when the answer does not say
     * @param reset until the webhook's bucket is full again
     * @param pause how long the channel must wait; zero when it need not
     * @param hidden until a limit frees that no header announces; zero when none was met
     * @param global whether the pause is for all channels
     * @param invalid whether the answer counts against Discord's limit of invalid requests
     */
    record Limits(
            @Nullable Integer remaining,
            Duration reset,
            Duration pause,
            Duration hidden,
            boolean global,
            boolean invalid) {
        static final Limits NONE = new Limits(null, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, false);

        static Limits pause(Duration pause) {
            return NONE.after(pause);
        }

        /** The same, and the channel must wait for so long. */
        Limits after(Duration wait) {
            return new Limits(remaining, reset, wait, hidden, global, invalid);
        }
    }
}
