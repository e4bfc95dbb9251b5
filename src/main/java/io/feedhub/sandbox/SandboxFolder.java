package io.feedhub.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * {@code .feedhub}: what a sandbox keeps, and what it leaves for the commands beside it. It belongs to one process at a time,
 * until that ends: a second sandbox would take the first one's database away.
 */
final class SandboxFolder {
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileLock lock;

    private SandboxFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder, and makes it when it is not there.
     *
     * @param fresh whether what is in it is forgotten
     * @throws FolderTaken when another process has it
     */
    static SandboxFolder take(Path folder, boolean fresh) throws IOException {
        Files.createDirectories(folder);
        FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
            throw new FolderTaken(folder);
        }
        SandboxFolder taken = new SandboxFolder(folder, lock);
        if (fresh) {
            taken.forget();
        }
        return taken;
    }

    Path messages() {
        return folder.resolve("discord.jsonl");
    }

    Path database() {
        return folder.resolve("postgres");
    }

    /** For the commands beside this sandbox; readable by its owner only. */
    void leaveToken(String secret) throws IOException {
        Path token = folder.resolve("token");
        Files.deleteIfExists(token);
        Files.createFile(token);
        boolean narrowed =
                token.toFile().setReadable(false, false) && token.toFile().setReadable(true, true);
        if (narrowed) {
            Files.writeString(token, secret);
        }
    }

    /** For the same commands; the process's number tells them whether it is still so. */
    void leaveAddress(int port) {
        try {
            Files.writeString(
                    address(),
                    "http://127.0.0.1:" + port + " " + ProcessHandle.current().pid());
        } catch (IOException e) {
            throw new UncheckedIOException("the commands would not find this sandbox", e);
        }
    }

    /** The hub has stopped. */
    void takeAddressAway() throws IOException {
        Files.deleteIfExists(address());
    }

    /** Lets another process have it. */
    void release() throws IOException {
        lock.channel().close();
    }

    private Path address() {
        return folder.resolve("address");
    }

    private void forget() throws IOException {
        try (Stream<Path> kept = Files.list(folder)) {
            List<Path> old = kept.filter(path -> !path.endsWith(LOCK)).toList();
            for (Path path : old) {
                FileSystemUtils.deleteRecursively(path);
            }
        }
    }
}
