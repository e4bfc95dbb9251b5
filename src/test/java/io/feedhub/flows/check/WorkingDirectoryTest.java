package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void whatTheHubWouldNotLoadIsNoFlow() throws IOException {
        write("top.yaml");
        write("ops/pulse.yaml");
        write("ops/deep/pulse.yaml");
        write("ops/deep/too/pulse.yaml");
        write("ops/pulse.test.yaml");
        write("ops/.pulse.yaml");
        write(".drafts/pulse.yaml");
        write("ops/notes.md");
        assertThat(WorkingDirectory.flows(folder))
                .extracting(FlowFile::name)
                .containsExactlyInAnyOrder("routes/top.yaml", "routes/ops/pulse.yaml", "routes/ops/deep/pulse.yaml");
    }

    @Test
    void aFolderThatIsNotThereHasNone() throws IOException {
        assertThat(WorkingDirectory.flows(folder.resolve("none"))).isEmpty();
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "- route: {}");
    }
}
