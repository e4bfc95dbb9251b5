package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDatabaseTest {
    @TempDir
    private Path folder;

    private Process server;

    /** One that looks like PostgreSQL, and is none. */
    @BeforeEach
    void aServer() throws IOException {
        Path program = folder.resolve("postgres");
        Files.copy(Path.of("/bin/sleep").toRealPath(), program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        server = new ProcessBuilder(program.toString(), "600").start();
    }

    @AfterEach
    void itEnds() {
        server.destroyForcibly();
    }

    @Test
    void theServerThatAKilledHubLeftIsStopped() throws Exception {
        SandboxDatabase.stopOrphan(pidFile(String.valueOf(started().getEpochSecond() + 1)));
        assertThat(server.waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    /** Its process id is given anew, after a restart of the machine at the latest. */
    @Test
    void oneThatStartedAtAnotherTimeIsSomebodyElses() throws IOException {
        SandboxDatabase.stopOrphan(
                pidFile(String.valueOf(started().minusSeconds(60).getEpochSecond())));
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void aFileThatIsCutOffStopsNothing() throws IOException {
        SandboxDatabase.stopOrphan(Files.writeString(folder.resolve("short.pid"), server.pid() + "\n/data\n"));
        SandboxDatabase.stopOrphan(Files.writeString(folder.resolve("empty.pid"), ""));
        SandboxDatabase.stopOrphan(folder.resolve("none.pid"));
        assertThat(server.isAlive()).isTrue();
    }

    private Instant started() {
        return server.info().startInstant().orElseThrow();
    }

    private Path pidFile(String started) throws IOException {
        return Files.write(
                folder.resolve("postmaster.pid"), List.of(String.valueOf(server.pid()), "/data", started, "5432"));
    }
}
