package io.feedhub;

import io.feedhub.sandbox.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of a flow as operators have it: the file in routes/, a real hub, a fresh database and world for each test. */
abstract class FlowTest {
    private RunningHub hub;

    @BeforeEach
    void start() {
        hub = new RunningHub(Path.of("routes"), settings());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    Map<String, Object> settings() {
        return Map.of();
    }

    final RunningHub hub() {
        return hub;
    }

    final World world() {
        return hub.standIns().world();
    }

    /** The headlines in a channel, oldest first, when all is delivered. */
    final List<String> headlines(String channel) {
        hub.awaitDeliveries();
        return hub.standIns().discord().messages(channel).stream()
                .flatMap(message -> StreamSupport.stream(message.path("embeds").spliterator(), false))
                .map(embed -> embed.path("title").asText())
                .toList();
    }
}
