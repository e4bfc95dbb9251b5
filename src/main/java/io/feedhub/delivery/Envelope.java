package io.feedhub.delivery;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one POST carries: a message that a node has taken to send, or several that share a Discord message.
 *
 * @param channel where it goes
 * @param messages at least one, in the ledger's order
 */
record Envelope(String channel, List<Message> messages) {
    Envelope {
        messages = List.copyOf(messages);
    }

    /** The same with one more. */
    Envelope and(Message next) {
        return new Envelope(
                channel, Stream.concat(messages.stream(), Stream.of(next)).toList());
    }

    boolean isFolded() {
        return messages.size() > 1;
    }

    Message first() {
        return messages.get(0);
    }

    /**
     * @param id the message's number
     * @param payload the webhook's body, as JSON
     * @param footer by which a person finds the message on the ledger, and in Discord
     * @param attempt which try this is, from 1
     */
    record Message(long id, String payload, String footer, int attempt) {}
}
