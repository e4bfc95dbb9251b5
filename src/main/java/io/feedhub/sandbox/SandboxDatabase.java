package io.feedhub.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The sandbox's PostgreSQL: a real server that belongs to this process, its data kept in a folder. */
final class SandboxDatabase implements AutoCloseable {
    /** How much later a server says that it started than the machine, at most. */
    private static final Duration WHILE_STARTING = Duration.ofSeconds(5);

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

    /** The same for psql and other tools; the user has no password. */
    String address() {
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A hub that was killed leaves its server behind, holding the data folder. */
    static void stopOrphan(Path pidFile) {
        try {
            Optional<ProcessHandle> orphan =
                    Files.exists(pidFile) ? orphan(Files.readAllLines(pidFile)) : Optional.empty();
            if (orphan.isPresent()) {
                orphan.get().destroy();
                orphan.get().onExit().get(15, TimeUnit.SECONDS);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("an earlier sandbox still holds " + pidFile.getParent(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server that wrote this, and not another one that was given its process id since. */
    private static Optional<ProcessHandle> orphan(List<String> written) {
        if (written.size() < 3) {
            return Optional.empty();
        }
        Instant started = Instant.ofEpochSecond(Long.parseLong(written.get(2).strip()));
        return ProcessHandle.of(Long.parseLong(written.get(0).strip()))
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(began -> Duration.between(began, started).abs().compareTo(WHILE_STARTING) < 0)
                        .isPresent());
    }
}
