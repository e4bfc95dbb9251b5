package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than memory, are elsewhere, or cannot be seen. */
class FlowFolderTest {
    private static final long HUGE = 3_000_000_000L;

    @TempDir
    private Path machine;

    private Path domain = Path.of("");
    private FlowFolder folder = folder(Path.of(""));

    @BeforeEach
    void aFolder() throws IOException {
        domain = Files.createDirectories(machine.resolve("routes/design"));
        folder = folder(machine);
    }

    @Test
    void aHugeFileIsReadAsFarAsShowsThatItIsTooLarge() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(domain.resolve("huge.yaml").toFile(), "rw")) {
            file.setLength(HUGE);
        }
        assertThat(folder.read("routes/design/huge.yaml").flatMap(Checker::tooLarge))
                .isPresent();
    }

    private static FlowFolder folder(Path machine) {
        return new FlowFolder(new FlowSettings(
                machine.resolve("routes"),
                machine.resolve("beans"),
                new FlowSettings.NodeSettings("here"),
                new FlowSettings.EditSettings(Duration.ZERO, Duration.ZERO, 3, true)));
    }
}
