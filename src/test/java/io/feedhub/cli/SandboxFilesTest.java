package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aSandboxThatRunsIsFound() throws IOException {
        leave("http://127.0.0.1:8123 " + ProcessHandle.current().pid());
        assertThat(new SandboxFiles(folder).address()).hasValue("http://127.0.0.1:8123");
    }

    @Test
    void oneThatWasKilledIsNot() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        leave("http://127.0.0.1:8123 " + killed.pid());
        assertThat(new SandboxFiles(folder).address()).isEmpty();
    }

    @Test
    void whatIsNotThereOrMakesNoSenseIsNoAddress() throws IOException {
        assertThat(new SandboxFiles(folder).address()).isEmpty();
        assertThat(new SandboxFiles(folder).token()).isEmpty();
        leave("8123");
        assertThat(new SandboxFiles(folder).address()).isEmpty();
        leave("file:///etc/passwd 1");
        assertThat(new SandboxFiles(folder).address()).isEmpty();
    }

    private void leave(String text) throws IOException {
        Files.writeString(folder.resolve("address"), text);
    }
}
