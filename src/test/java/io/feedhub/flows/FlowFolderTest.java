package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
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

    @Test
    void aFileBehindALinkIsWrittenWhereItIs() throws IOException {
        Path target = Files.writeString(machine.resolve("checkout.yaml"), "as it was");
        Path link = Files.createSymbolicLink(domain.resolve("linked.yaml"), target);
        assertThat(folder.write(new FlowFile("routes/design/linked.yaml", "as it is")))
                .isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("as it is");
        Files.delete(target);
        assertThat(folder.write(new FlowFile("routes/design/linked.yaml", "a link to nothing")))
                .isTrue();
        assertThat(link).isRegularFile().hasContent("a link to nothing");
    }

    @Test
    void aFolderThatCannotBeListedHidesItsFilesAndNoOthers() throws IOException {
        Files.writeString(domain.resolve("hidden.yaml"), "- route:");
        Files.writeString(
                Files.createDirectories(domain.resolveSibling("memory")).resolve("seen.yaml"), "- route:");
        Files.setPosixFilePermissions(domain, Set.of());
        try {
            assumeThat(Files.isReadable(domain)).as("root reads everything").isFalse();
            assertThat(folder.look()).containsOnlyKeys("routes/memory/seen.yaml");
            assertThat(folder.namesOf("seen")).containsExactly("routes/memory/seen.yaml");
            assertThat(folder.isEmpty("seen")).isFalse();
            assertThat(folder.hides("routes/design/hidden.yaml")).isTrue();
            assertThat(folder.hides("routes/memory/gone.yaml")).isFalse();
        } finally {
            Files.setPosixFilePermissions(domain, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(folder.look()).hasSize(2);
    }

    @Test
    void whatIsNotThereIsGoneWhereItsFolderCanBeListedOrIsNoMore() throws IOException {
        Path file = Files.writeString(domain.resolve("there.yaml"), "- route:");
        assertThat(folder.hides("routes/design/there.yaml"))
                .as("whoever did not find it looked too early")
                .isTrue();
        Files.delete(file);
        assertThat(folder.hides("routes/design/there.yaml")).isFalse();
        Files.delete(domain);
        assertThat(folder.hides("routes/design/there.yaml")).isFalse();
        assertThat(folder.hides("beans/nothing.yaml")).isFalse();
    }

    private static FlowFolder folder(Path machine) {
        return new FlowFolder(new FlowSettings(
                machine.resolve("routes"),
                machine.resolve("beans"),
                new FlowSettings.NodeSettings("here"),
                new FlowSettings.EditSettings(Duration.ZERO, Duration.ZERO, 3, true)));
    }
}
