package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outside services on one loopback port, each below its own name, over real HTTP. */
public final class StandIns implements AutoCloseable {
    /** The nine channels. */
    public static final List<String> CHANNELS =
            List.of("infra", "alerts", "ops", "serenity", "memory", "noosphere", "intel", "design", "firstdate");

    private final World world;
    private final Server server;
    private final DiscordStandIn discord;
    private final Map<String, StandIn> services = new LinkedHashMap<>();

    /** Starts them on a free port. */
    public StandIns(Clock clock) {
        this(clock, 1);
    }

    /**
     * Starts them on a free port.
     *
     * @param speed how many times as fast Discord's limits pass; 0 lifts them
     */
    public StandIns(Clock clock, int speed) {
        ObjectMapper json = new ObjectMapper();
        world = new World(clock);
        server = new Server(world);
        discord = new DiscordStandIn(clock, json, CHANNELS, speed);
        services.put("numu", new NumuStandIn(world));
        services.put("prometheus", new PrometheusStandIn(world));
        services.put("apify", new ApifyStandIn(world));
        services.put("gemini", new GeminiStandIn(world, json));
        services.put("youtube", new YouTubeStandIn(world));
        services.put("youtube-analytics", new AnalyticsStandIn(world));
        services.put("gcs", new GcsStandIn(world));
        services.put("noosphere", new NoosphereStandIn(world, json));
        services.put("orbit", new OrbitStandIn());
        services.put("tie", new TieStandIn(world));
        services.put("browser", new BrowserStandIn(json));
        services.forEach(server::serve);
        server.serve("google", new GoogleTokens());
        server.serve("discord", discord);
    }

    /** What is the case outside. */
    public World world() {
        return world;
    }

    /** What Discord has. */
    public DiscordStandIn discord() {
        return discord;
    }

    /** Every service that can be given a fault. */
    List<String> names() {
        List<String> names = new ArrayList<>(services.keySet());
        names.add("discord");
        return names;
    }

    void observe(Witness witness) {
        server.observe(witness);
    }

    /** The configuration that leads a hub here instead of to the vendors. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String service : services.keySet()) {
            properties.put("feedhub.services." + service + ".url", server.url(service));
            properties.put("feedhub.services." + service + ".token", "sandbox");
        }
        for (String service : List.of("youtube-analytics", "gcs")) {
            properties.put("feedhub.services." + service + ".oauth.url", server.url("google") + "/token");
            properties.put("feedhub.services." + service + ".oauth.refresh-token", "sandbox");
        }
        CHANNELS.forEach(channel -> properties.put(
                "feedhub.discord.channels." + channel + ".url", server.url("discord") + DiscordStandIn.path(channel)));
        return properties;
    }

    @Override
    public void close() {
        server.close();
    }
}
