package io.feedhub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Discord's execute-webhook: limits, ids and errors as the vendor has them, and the messages kept to be looked at. */
public final class DiscordStandIn implements StandIn {
    private static final int KEPT = 200;
    private static final long EPOCH = 1_420_070_400_000L;

    private final Clock clock;
    private final ObjectMapper json;
    private final Bucket limits;
    private final Map<String, List<JsonNode>> channels = new LinkedHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private BiConsumer<String, JsonNode> journal = (channel, message) -> {};

    DiscordStandIn(Clock clock, ObjectMapper json, List<String> names) {
        this.clock = clock;
        this.json = json;
        this.limits = new Bucket(clock);
        names.forEach(name -> channels.put(name, new ArrayList<>()));
    }

    /** Where messages are written down, so that they outlive the process. */
    void writeTo(BiConsumer<String, JsonNode> newJournal) {
        this.journal = newJournal;
    }

    /** A webhook's path: the name doubles as its id, so that a person can read it. */
    static String path(String channel) {
        return "/api/v10/webhooks/" + id(channel) + "/token-" + channel;
    }

    /** The messages of a channel, oldest first. */
    public synchronized List<JsonNode> messages(String channel) {
        return new ArrayList<>(channels.getOrDefault(channel, List.of()));
    }

    synchronized Map<String, List<JsonNode>> all() {
        Map<String, List<JsonNode>> copy = new LinkedHashMap<>();
        channels.forEach((name, messages) -> copy.put(name, new ArrayList<>(messages)));
        return copy;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.is("POST", "/api/v10/webhooks/[^/]+/[^/]+")) {
            return Reply.of(404, Map.of("message", "404: Not Found", "code", 0));
        }
        String channel = request.part(4).replaceFirst("^token-", "");
        if (!channels.containsKey(channel)) {
            return Reply.of(404, Map.of("message", "Unknown Webhook", "code", 10015));
        }
        return limits.take(channel).orElseGet(() -> accept(channel, request));
    }

    private Reply accept(String channel, Request request) {
        try {
            JsonNode asked = json.readTree(request.body());
            if (asked.path("content").asText().isEmpty() && asked.path("embeds").isEmpty()) {
                return Reply.of(400, Map.of("message", "Cannot send an empty message", "code", 50006));
            }
            if (asked.at("/embeds/0/description").asText().codePoints().count() > 4096
                    || asked.at("/embeds/0/title").asText().codePoints().count() > 256) {
                return Reply.of(400, Map.of("message", "Invalid Form Body", "code", 50035));
            }
            JsonNode message = message(channel, asked);
            keep(channel, message);
            journal.accept(channel, message);
            return new Reply(200, limits.headers(channel), message);
        } catch (JsonProcessingException e) {
            return Reply.of(400, Map.of("message", "The request body contains invalid JSON.", "code", 50109));
        }
    }

    synchronized void keep(String channel, JsonNode message) {
        List<JsonNode> messages = channels.computeIfAbsent(channel, name -> new ArrayList<>());
        messages.add(message);
        if (messages.size() > KEPT) {
            messages.remove(0);
        }
    }

    private JsonNode message(String channel, JsonNode asked) {
        ObjectNode message = json.createObjectNode();
        message.put("id", snowflake());
        message.put("type", 0);
        message.put("content", asked.path("content").asText());
        message.put("channel_id", id(channel));
        message.put("webhook_id", id(channel));
        ObjectNode author = message.putObject("author");
        author.put("id", id(channel)).put("username", asked.path("username").asText("Feed-Hub"));
        author.putNull("avatar").putNull("global_name").putNull("clan").putNull("primary_guild");
        author.put("discriminator", "0000")
                .put("bot", true)
                .put("public_flags", 0)
                .put("flags", 0);
        message.put("timestamp", clock.instant().toString().replace("Z", "+00:00"))
                .putNull("edited_timestamp");
        message.put("tts", false)
                .put("mention_everyone", false)
                .put("pinned", false)
                .put("flags", 0);
        List.of("mentions", "mention_roles", "attachments", "components").forEach(message::putArray);
        var embeds = message.putArray("embeds");
        asked.path("embeds").forEach(embed -> embeds.add(((ObjectNode) embed.deepCopy()).put("type", "rich")));
        return message;
    }

    private String snowflake() {
        return Long.toString(((clock.millis() - EPOCH) << 22) | (sequence.incrementAndGet() & 0xFFF));
    }

    private static String id(String channel) {
        return Long.toString(1_310_000_000_000_000_000L + Integer.toUnsignedLong(channel.hashCode()));
    }
}
