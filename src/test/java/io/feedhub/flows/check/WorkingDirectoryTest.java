package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

    @Test
    void aFileThatEndsWithYmlIsToBeJudged() throws IOException {
        write("ops/pulse.yml");
        write("ops/pulse.test.yml");
        write("ops/.pulse.yml");
        write("beat.yaml");
        assertThat(WorkingDirectory.flows(folder)).extracting(FlowFile::name).containsExactly("routes/beat.yaml");
        assertThat(WorkingDirectory.of(folder, folder.resolve("none")).all().values())
                .extracting(FlowFile::name)
                .containsExactly("routes/beat.yaml", "routes/ops/pulse.test.yml", "routes/ops/pulse.yml");
    }

    @Test
    void theRoutesOfAllFlowsAreKnown() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("ops")).resolve("one.yaml"),
                "- route: { id: one, from: { uri: \"direct:one\", steps: [] } }");
        Files.writeString(folder.resolve("two.yaml"), "- route: { id: two, from: { uri: \"direct:two\", steps: [] } }");
        assertThat(Objects.requireNonNull(
                                WorkingDirectory.of(folder, folder).words().routes())
                        .get())
                .containsExactly("direct:one", "direct:two");
    }

    @Test
    void aFileThatIsNamedIsInTheFolderWhereItLies() throws IOException {
        write("top.yaml");
        write("ops/pulse.yaml");
        Path top = folder.resolve("top.yaml");
        Path pulse = folder.resolve("ops/pulse.yaml");
        assertThat(WorkingDirectory.of(folder, folder.resolve("none"))
                        .read(List.of(top, pulse))
                        .values())
                .extracting(FlowFile::name)
                .containsExactly("routes/top.yaml", "routes/ops/pulse.yaml");
    }

    @Test
    void whatCannotBeReadIsLeftOutAndTheOthersAreThere() throws IOException {
        write("ops/pulse.yaml");
        Files.createSymbolicLink(folder.resolve("ops/gone.yaml"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("ops/loop"), folder);
        Files.createSymbolicLink(folder.resolve("ops/broken.yaml"), Path.of("/proc/self/mem")); // reading it fails
        assertThat(WorkingDirectory.flows(folder)).extracting(FlowFile::name).containsExactly("routes/ops/pulse.yaml");
        Files.delete(folder.resolve("ops/broken.yaml"));
        assertThat(WorkingDirectory.of(folder, folder.resolve("none")).all().values())
                .extracting(FlowFile::name)
                .containsExactly("routes/ops/pulse.yaml");
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "- route: {}");
    }
}
