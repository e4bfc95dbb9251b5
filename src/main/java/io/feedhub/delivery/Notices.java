package io.feedhub.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the hub itself has to say in a channel. It goes over the ledger, like everything that leaves. Thread-safe. */
@Component
public final class Notices {
    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final Channels channels;
    private final Outbox outbox;
    private final Embeds embeds;

    Notices(Channels channels, Outbox outbox, Embeds embeds) {
        this.channels = channels;
        this.outbox = outbox;
        this.embeds = embeds;
    }

    /**
     * Writes a message to the ledger, in the caller's transaction when there is one. What is told must not fail because nobody
     * hears of it: without the channel it goes to the log alone.
     *
     * @param channel a name under {@code feedhub.discord.channels}
     * @param title the headline
     * @param text Markdown, or an empty text
     * @param tone a severity such as critical or ok, or good, bad, warn or info
     */
    public void post(String channel, String title, String text, String tone) {
        if (!channels.channels().containsKey(channel)) {
            log.warn("there is no channel #{} to tell: {}", channel, title);
            return;
        }
        outbox.put(embeds.of(Origin.hub(channel), Post.of(title, text, tone), false));
    }
}
