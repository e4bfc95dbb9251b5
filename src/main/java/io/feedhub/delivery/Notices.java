package io.feedhub.delivery;

import org.springframework.stereotype.Component;

/** What the hub itself has to say in a channel. It goes over the ledger, like everything that leaves. Thread-safe. */
@Component
public final class Notices {
    private final Outbox outbox;
    private final Embeds embeds;

    Notices(Outbox outbox, Embeds embeds) {
        this.outbox = outbox;
        this.embeds = embeds;
    }

    /**
     * Writes a message to the ledger, in the caller's transaction when there is one.
     *
     * @param channel a name under {@code feedhub.discord.channels}
     * @param title the headline
     * @param text Markdown, or an empty text
     * @param tone a severity such as critical or ok, or good, bad, warn or info
     * @throws IllegalArgumentException when there is no such channel
     */
    public void post(String channel, String title, String text, String tone) {
        outbox.put(embeds.of(Origin.hub(channel), Post.of(title, text, tone), false));
    }
}
