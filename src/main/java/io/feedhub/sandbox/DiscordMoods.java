package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What can go wrong at Discord, for tests. Thread-safe. */
public final class DiscordMoods {
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private Random chance = new Random(0);
    private double failing;
    private double resetting;

    DiscordMoods() {}

    /** Somebody deletes a channel's webhook: 404 with code 10015. */
    public void deleteWebhook(String channel) {
        deleted.add(channel);
    }

    /** The webhook is as it was. */
    public void restoreWebhook(String channel) {
        deleted.remove(channel);
    }

    /** Every form is bad, or not. */
    public void refuseForms(boolean refuse) {
        refusing = refuse;
    }

    /**
     * Fails by chance.
     *
     * @param fails the share of requests that are answered with 500
     * @param resets the share of requests whose connection is reset after the body: half of them are carried out
     * @param seed makes chance repeatable
     */
    public synchronized void byChance(double fails, double resets, long seed) {
        failing = fails;
        resetting = resets;
        chance = new Random(seed);
    }

    /** What is answered before Discord looks at the request, or empty. */
    synchronized Optional<Reply> before(String channel) {
        if (deleted.contains(channel)) {
            return Optional.of(Reply.of(404, Map.of("message", "Unknown Webhook", "code", 10015)));
        }
        if (refusing) {
            return Optional.of(DiscordForm.invalid(JsonNodeFactory.instance.objectNode()));
        }
        return Optional.empty();
    }

    /** What chance makes of a request that is within the limits. */
    synchronized Fate fate() {
        double drawn = chance.nextDouble();
        if (drawn < failing) {
            return Fate.FAIL;
        }
        if (drawn < failing + resetting) {
            return chance.nextBoolean() ? Fate.CARRY_OUT_AND_RESET : Fate.RESET;
        }
        return Fate.CARRY_OUT;
    }

    enum Fate {
        CARRY_OUT,
        CARRY_OUT_AND_RESET,
        RESET,
        FAIL
    }
}
