package io.feedhub.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that somebody named. Of one that cannot be read the system says hardly more than the name. */
final class NamedFile {
    /** What is done with it. */
    interface Reading<T> {
        T read() throws IOException;
    }

    private NamedFile() {}

    /** @throws IllegalArgumentException when it cannot be read, with the path and the reason */
    static <T> T read(Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    file + ": there is no such file; paths are read from the hub's folder, "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this account may not";
        }
        @Nullable String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return said == null ? e.getClass().getSimpleName() : said;
    }
}
