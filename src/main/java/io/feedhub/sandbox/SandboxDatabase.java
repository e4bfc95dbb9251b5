package io.feedhub.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The sandbox's PostgreSQL: a real server that belongs to this process, its data kept in a folder. */
final class SandboxDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    SandboxDatabase(Path folder) {
        stopOrphan(folder.resolve("data").resolve("postmaster.pid"));
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false) // it would stop before the hub, which then waits for it
                    .setOverrideWorkingDirectory(folder.resolve("server").toFile())
                    .setServerConfig("fsync", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's PostgreSQL does not start", e);
        }
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A hub that was killed leaves its server behind, holding the data folder. */
    private static void stopOrphan(Path pidFile) {
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            ProcessHandle orphan = ProcessHandle.of(pid)
                    .filter(process -> process.info().command().orElse("").contains("postgres"))
                    .orElse(null);
            if (orphan != null) {
                orphan.destroy();
                orphan.onExit().get(15, TimeUnit.SECONDS);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("an earlier sandbox still holds " + pidFile.getParent(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
