package io.feedhub.delivery;

import java.util.List;
import org.springframework.stereotype.Component;

/** What the hub itself has to say in a channel. It goes over the ledger, like everything that leaves. Thread-safe. */
@Component
public final class Notices {
    private static final String HUB = "feedhub";

    private final Outbox outbox;
    private final Embed embeds;

    Notices(Outbox outbox, Embed embeds) {
        this.outbox = outbox;
        this.embeds = embeds;
    }

    /**
     * Writes a message to the ledger, in the caller's transaction when there is one.
     *
     * @param channel a name under {@code feedhub.discord.channels}
     * @param title the headline
     * @param text the text below, or an empty one
     * @param tone good, bad, warn or info
     * @throws IllegalArgumentException when there is no such channel
     */
    public void post(String channel, String title, String text, String tone) {
        String payload = embeds.payload(title, text, "", tone);
        outbox.put(List.of(new Outgoing(HUB, null, null, channel, payload, false, 0)));
    }
}
