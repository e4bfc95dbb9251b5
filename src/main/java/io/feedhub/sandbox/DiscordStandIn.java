package io.feedhub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Discord's execute-webhook: limits, ids and errors as the vendor has them, and the messages kept to be looked at. */
public final class DiscordStandIn implements StandIn {
    private static final int KEPT = 200;
    private static final long EPOCH = 1_420_070_400_000L;

    private final Clock clock;
    private final ObjectMapper json;
    private final DiscordLimits limits;
    private final DiscordMoods moods = new DiscordMoods();
    private final AtomicInteger invalidRequests = new AtomicInteger();
    private final Map<String, List<JsonNode>> channels = new LinkedHashMap<>();
    private final Map<String, Long> received = new HashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private BiConsumer<String, JsonNode> journal = (channel, message) -> {};

    /** @param speed how many times as fast its limits pass; 0 lifts them */
    DiscordStandIn(Clock clock, ObjectMapper json, List<String> names, int speed) {
        this.clock = clock;
        this.json = json;
        this.limits = new DiscordLimits(clock, speed);
        names.forEach(name -> channels.put(name, new ArrayList<>()));
    }

    /** What can go wrong here. */
    public DiscordMoods moods() {
        return moods;
    }

    /** How many requests counted against the limit of invalid ones. */
    public int invalidRequests() {
        return invalidRequests.get();
    }

    /** Who is told of each message, with its channel. */
    public void writeTo(BiConsumer<String, JsonNode> newJournal) {
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

    List<String> names() {
        return List.copyOf(channels.keySet());
    }

    /** How many messages a channel got, those that are no longer kept included. */
    synchronized long received(String channel) {
        return received.getOrDefault(channel, 0L);
    }

    @Override
    public Reply answer(Request request) {
        Reply reply = consider(request);
        if (Set.of(401, 403, 429).contains(reply.status())) {
            invalidRequests.incrementAndGet();
        }
        return reply;
    }

    @Override
    public Reply limited() {
        return new Reply(
                429,
                Map.of("Retry-After", "2", "X-RateLimit-Scope", "user"),
                Map.of("message", "You are being rate limited.", "retry_after", 1.5, "global", false));
    }

    private Reply consider(Request request) {
        if (!request.path().matches("/api/v10/webhooks/[^/]+/[^/]+")) {
            return Reply.of(404, Map.of("message", "404: Not Found", "code", 0));
        }
        if (!request.header("user-agent").matches("DiscordBot \\(.+, .+\\)")) {
            return Reply.of(403, Map.of("message", "internal network error", "code", 40333));
        }
        String id = request.part(3);
        String channel = channels.keySet().stream()
                .filter(name -> id(name).equals(id))
                .findFirst()
                .orElse("");
        if (channel.isEmpty()) {
            return Reply.of(404, Map.of("message", "Unknown Webhook", "code", 10015));
        }
        if (!request.part(4).equals("token-" + channel)) {
            return Reply.of(401, Map.of("message", "Invalid Webhook Token", "code", 50027));
        }
        return moods.before(channel)
                .orElseGet(() -> request.method().equals("GET")
                        ? Reply.ok(Map.of("type", 1, "id", id, "name", channel, "channel_id", id, "guild_id", id))
                        : limits.take(channel).orElseGet(() -> carryOut(channel, request)));
    }

    private Reply carryOut(String channel, Request request) {
        return switch (moods.fate()) {
            case CARRY_OUT -> accept(channel, request);
            case CARRY_OUT_AND_RESET -> {
                accept(channel, request);
                yield Reply.none();
            }
            case RESET -> Reply.none();
            case FAIL -> Reply.of(500, Map.of("message", "500: Internal Server Error", "code", 0));
        };
    }

    private Reply accept(String channel, Request request) {
        try {
            JsonNode asked = json.readTree(request.body());
            Optional<Reply> errors = DiscordForm.errors(asked);
            if (errors.isPresent()) {
                return new Reply(400, limits.headers(channel), errors.get().body());
            }
            JsonNode message = message(channel, asked);
            keep(channel, message);
            journal.accept(channel, message);
            boolean waits = request.query().getOrDefault("wait", "").equals("true");
            return new Reply(waits ? 200 : 204, limits.headers(channel), waits ? message : "");
        } catch (JsonProcessingException e) {
            return Reply.of(400, Map.of("message", "The request body contains invalid JSON.", "code", 50109));
        }
    }

    synchronized void keep(String channel, JsonNode message) {
        List<JsonNode> messages = channels.computeIfAbsent(channel, name -> new ArrayList<>());
        messages.add(message);
        received.merge(channel, 1L, Long::sum);
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
        boolean mayPing = !asked.has("allowed_mentions")
                || asked.at("/allowed_mentions/parse").toString().contains("everyone");
        boolean pings = mayPing && asked.path("content").asText().contains("@everyone");
        message.put("tts", false)
                .put("mention_everyone", pings)
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
