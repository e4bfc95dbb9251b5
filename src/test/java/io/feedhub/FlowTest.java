package io.feedhub;

import io.feedhub.sandbox.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a flow as operators have it: its file in routes/, a real hub, a fresh database and world for each test. */
abstract class FlowTest {
    private final Path file;

    @TempDir
    private Path folder;

    private RunningHub hub;

    FlowTest(String file) {
        this.file = Path.of(file);
    }

    @BeforeEach
    void start() throws IOException {
        for (Path part : List.of(file, Path.of("routes/_shared/errors.yaml"))) {
            Files.createDirectories(folder.resolve(part).getParent());
            Files.copy(part, folder.resolve(part));
        }
        hub = new RunningHub(folder.resolve("routes"), Map.of("feedhub.retry-delay", 10));
    }

    @AfterEach
    void stop() {
        hub.close();
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
