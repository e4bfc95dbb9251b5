package io.feedhub.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.stereotype.Component;

/** What the hub itself has to say in a channel. It goes over the ledger, like everything that leaves. Thread-safe. */
@Component
public final class Notices {
    private static final String HUB = "feedhub";

    private final Ledger ledger;
    private final ObjectMapper json;

    Notices(Ledger ledger, ObjectMapper json) {
        this.ledger = ledger;
        this.json = json;
    }

    /**
     * Writes a message to the ledger, in the caller's transaction when there is one.
     *
     * @param channel a name under {@code feedhub.discord.channels}
     * @param title the headline
     * @param text the text below, or an empty one
     * @param tone good, bad, warn or info
     */
    public void post(String channel, String title, String text, String tone) {
        try {
            ledger.write(HUB, null, channel, json.writeValueAsString(Embed.payload(title, text, "", tone, HUB)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of texts is JSON", e);
        }
    }
}
